import { transform } from "esbuild";

/** Has esbuild's process start, so that the first bundle need not wait for it. */
export function warmBundler(): void {
  // Whatever is wrong with it, the first bundle will say.
  transform("").catch(() => {});
}
