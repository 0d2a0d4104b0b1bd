import type { Plugin } from "esbuild";

/** `import … from "informd"` means the runtime's own handler API, wherever the handlers lie and whatever is installed there. */
export function informdImports(handlerApi: string): Plugin {
  return {
    name: "informd-imports",
    setup(build) {
      build.onResolve({ filter: /^informd$/ }, () => ({ path: handlerApi }));
    },
  };
}
