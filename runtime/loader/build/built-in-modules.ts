import { builtinModules } from "node:module";
import type { Plugin } from "esbuild";

/** Replaced by small modules that need nothing from the host. */
const IN_SANDBOX: ReadonlyMap<string, string> = new Map([
  ["assert", "assert"],
  ["assert/strict", "assert"],
  ["buffer", "buffer"],
  ["events", "events"],
  ["os", "os"],
  ["path", "path"],
  ["path/posix", "path"],
  ["process", "process"],
  ["punycode", "punycode"],
  ["querystring", "querystring"],
  ["string_decoder", "string-decoder"],
  ["timers", "timers"],
  ["timers/promises", "timers-promises"],
  ["url", "url"],
  ["util", "util"],
  ["util/types", "util-types"],
]);

/** Whoever imports one of these is better served by something that a handler has. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["http", "use the context's fetch"],
  ["https", "use the context's fetch"],
  ["http2", "use the context's fetch"],
  ["net", "use the context's fetch"],
  ["tls", "use the context's fetch"],
  ["dgram", "use the context's fetch"],
  ["dns", "use the context's fetch"],
  ["fs", "import the file's data, and keep what must last in the cluster with the context's kube"],
  ["sqlite", "keep what must last in the cluster with the context's kube"],
  ["crypto", "use the global crypto"],
  ["perf_hooks", "use the global performance"],
  ["stream", "use the global ReadableStream"],
  ["child_process", "ask the cluster with the context's kube"],
  ["worker_threads", "set the handler's concurrency"],
  ["cluster", "set the handler's concurrency"],
]);

const NAMES = builtinModules.filter((name) => !name.startsWith("_")).map((name) => name.replace(/^node:/, ""));
const BUILT_IN = new RegExp(`^(node:.+|${NAMES.join("|")})$`);

const REPLACED = "built-in";
const FORBIDDEN = "forbidden-built-in";

/** Marks the question to esbuild what it would do without this plugin. */
const ASKED = Symbol("asked");

/**
 * Owns every import of Node's built-in modules: a handler reaches no host. Those that cannot work become empty modules, found
 * in the metafile by `forbiddenBuiltIn`: only there the whole chain of imports is known.
 */
export function builtInModules(folder: string): Plugin {
  return {
    name: "built-in-modules",
    setup(build) {
      build.onResolve({ filter: BUILT_IN }, async ({ path, importer, resolveDir, kind, namespace, pluginData }) => {
        if (pluginData === ASKED) return undefined;
        const own = await build.resolve(path, { importer, resolveDir, kind, namespace, pluginData: ASKED });
        // A package of that name is installed, or the importing package says what stands for it in a browser.
        if (own.errors.length === 0) return undefined;
        const name = path.replace(/^node:/, "");
        return { path: name, namespace: IN_SANDBOX.has(name) ? REPLACED : FORBIDDEN, sideEffects: false };
      });
      build.onLoad({ filter: /.*/, namespace: REPLACED }, ({ path }) => ({
        contents: `module.exports = require("./${IN_SANDBOX.get(path)}").builtIn;`,
        resolveDir: folder,
      }));
      build.onLoad({ filter: /.*/, namespace: FORBIDDEN }, () => ({ contents: "module.exports = {};" }));
    },
  };
}

/** The name of the built-in module if an input of the metafile is one that a handler cannot have. */
export function forbiddenBuiltIn(input: string): string | undefined {
  return input.startsWith(`${FORBIDDEN}:`) ? input.slice(FORBIDDEN.length + 1) : undefined;
}

/** Whether an input of the metafile is a file. */
export function isFileInput(input: string): boolean {
  return !input.startsWith(`${FORBIDDEN}:`) && !input.startsWith(`${REPLACED}:`);
}

/** What to do without it. */
export function insteadOf(builtIn: string): string {
  const [name = builtIn] = builtIn.split("/");
  return INSTEAD.get(name) ?? "a handler has no access to the machine that it runs on";
}
