import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { Loader, Plugin } from "esbuild";
import { contentHash } from "../content-hash.ts";

/** Absolute path to the hash of what was read. */
export type Sources = ReadonlyMap<string, string>;

/** What a path holds now, in the terms of `Sources`; `undefined` if it cannot be read. */
export async function hashOfFile(path: string): Promise<string | undefined> {
  return readFile(path).then(
    (bytes) => contentHash(bytes),
    () => undefined,
  );
}

/**
 * Reads the sources itself, so that what was built is known exactly, also after a failed build: a file can change between
 * esbuild's read and any look at it from outside. Packages are left to esbuild.
 */
export function recordReads(reads: Map<string, string>): Plugin {
  return {
    name: "record-reads",
    setup(build) {
      build.onLoad({ filter: /\.([cm]?[jt]sx?|json)$/ }, async ({ path }) => {
        if (/[\\/]node_modules[\\/]/.test(path)) return undefined;
        const contents = await readFile(path).catch(() => undefined);
        if (!contents) return undefined;
        reads.set(path, contentHash(contents));
        return { contents, loader: loaderOf(path) };
      });
    },
  };
}

function loaderOf(path: string): Loader {
  switch (extname(path)) {
    case ".json":
      return "json";
    case ".tsx":
      return "tsx";
    case ".jsx":
      return "jsx";
    case ".ts":
    case ".mts":
    case ".cts":
      return "ts";
    default:
      return "js";
  }
}
