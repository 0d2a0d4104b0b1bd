/**
 * Handler files as modules that bring all that they import, for places where there are no packages. Only `informd` stays an
 * import: whoever loads them has it. Meant for files that are known to load; the loader takes what comes out like any other file.
 */
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import type { BuildOptions, Metafile, Plugin } from "esbuild";
import { buildOptions, type BundlerOptions } from "./build-options.ts";
import { inputsOf } from "./dependents.ts";
import { packageOf } from "./package-of.ts";

/** The first line of every file that is made here. */
export const MADE_BY_BUNDLE = "// Made by informd bundle: change the handler's source instead.";

export interface SelfContained {
  /** Relative to the root, as given. */
  readonly file: string;
  /** An ES module, with a source map of the handlers' own files that names them and leaves out their texts. */
  readonly text: string;
  /** Whether the file imports nothing but `informd`, so that its source will do. */
  readonly isAlone: boolean;
  /** What npm packages add to `text`, the biggest first. */
  readonly packages: readonly PackageSize[];
}

export interface PackageSize {
  readonly name: string;
  readonly bytes: number;
}

/** @param minify also shortens names. Rejects for a file that does not build. */
export async function makeSelfContained(
  files: readonly string[],
  options: BundlerOptions,
  { minify }: { readonly minify: boolean },
): Promise<readonly SelfContained[]> {
  if (files.length === 0) return [];
  const { outputFiles, metafile } = await build(moduleOptions(files, options, minify));
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  return files.map((file) => {
    const [name = "", output] = outputOf(file, metafile);
    const path = join(options.root, name);
    const code = texts.get(path);
    if (!output || code === undefined) throw new Error(`Cannot bundle "${file}": esbuild gave no output for it`);
    const text = portable({ path, code, sourceMap: texts.get(`${path}.map`) ?? "" }, options);
    return { file, text, isAlone: inputsOf(file, metafile).size === 1, packages: packagesOf(output) };
  });
}

function moduleOptions(files: readonly string[], options: BundlerOptions, minify: boolean) {
  const common = buildOptions(files, options, new Map());
  return {
    ...common,
    outExtension: { ".js": ".mjs" },
    format: "esm",
    minify,
    sourcemap: "external",
    sourcesContent: false,
    banner: { js: MADE_BY_BUNDLE },
    plugins: [informdStays, ...common.plugins, coarsePackages],
  } as const satisfies BuildOptions;
}

const informdStays: Plugin = {
  name: "informd-stays",
  setup(building) {
    building.onResolve({ filter: /^informd$/ }, () => ({ path: "informd", external: true }));
  },
};

/** Maps a package's file to its beginning: a stack names the file, and the map is not as large as the code. */
const COARSE_MAP = `\n${inlineMap({ version: 3, sources: [""], mappings: "AAAA" })}`;

const coarsePackages: Plugin = {
  name: "coarse-packages",
  setup(building) {
    building.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      return { contents: `${await readFile(path, "utf8")}${COARSE_MAP}`, loader: "default" };
    });
  },
};

/** Where this runtime lies is nobody's business, and the same handlers are to give the same text everywhere. */
function portable(
  { path, code, sourceMap }: { readonly path: string; readonly code: string; readonly sourceMap: string },
  { root, inSandbox }: BundlerOptions,
): string {
  const map: { readonly sources: readonly string[] } = JSON.parse(sourceMap);
  const sources = map.sources.map((source) => {
    const way = relative(inSandbox, resolve(dirname(path), source));
    return way.startsWith("..") ? source : `${IN_SANDBOX}/${way}`;
  });
  return `${code.replaceAll(`${relative(root, inSandbox)}/`, `${IN_SANDBOX}/`)}${inlineMap({ ...map, sources })}\n`;
}

/** Stands for the folder of the modules in place of Node's own. */
const IN_SANDBOX = "informd/in-sandbox";

function inlineMap(map: object): string {
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
}

function outputOf(file: string, { outputs }: Metafile): [string, Metafile["outputs"][string]] | [] {
  const made = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === file);
  return made ?? [];
}

function packagesOf({ inputs }: Metafile["outputs"][string]): PackageSize[] {
  const bytes = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const name = packageOf(input);
    if (name !== undefined) bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
  }
  return Array.from(bytes, ([name, size]) => ({ name, bytes: size })).toSorted((a, b) => b.bytes - a.bytes);
}
