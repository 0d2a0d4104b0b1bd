import type { Plugin } from "esbuild";

/** A bare name, as opposed to a path. */
const PACKAGE = /^[^./]/;

/** Handlers without packages beside them: says how they can have some. */
export function refusedPackages(): Plugin {
  return {
    name: "refused-packages",
    setup(build) {
      build.onResolve({ filter: PACKAGE }, ({ path, kind }) => {
        if (kind === "entry-point") return undefined;
        const text = `Cannot import "${path}": a ConfigMap holds no packages. Put the files that "informd bundle" makes into it: they bring what they import`;
        return { errors: [{ text }] };
      });
    },
  };
}
