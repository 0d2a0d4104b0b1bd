import { builtinModules } from "node:module";
import type { Plugin } from "esbuild";

/** Replaced by small modules that need nothing from the host. */
const IN_SANDBOX: ReadonlySet<string> = new Set([
  "assert",
  "buffer",
  "events",
  "os",
  "path",
  "process",
  "punycode",
  "querystring",
  "string_decoder",
  "timers",
  "url",
  "util",
]);

const BUILT_IN = new RegExp(`^(node:.+|(${builtinModules.filter((name) => !name.startsWith("_")).join("|")})(/.*)?)$`);

/** Owns every import of Node's built-in modules: a handler reaches no host, so most of them cannot work. */
export function builtInModules(folder: string): Plugin {
  return {
    name: "built-in-modules",
    setup(build) {
      build.onResolve({ filter: BUILT_IN }, async ({ path, kind }) => {
        const name = path.replace(/^node:/, "");
        if (IN_SANDBOX.has(name)) return build.resolve(`./${name}`, { resolveDir: folder, kind });
        return { errors: [{ text: `Cannot import "${path}": a handler has no access to it` }] };
      });
    },
  };
}
