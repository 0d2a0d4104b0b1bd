import type { BuildOptions } from "esbuild";
import { builtInModules } from "./built-in-modules.ts";
import { informdImports } from "./informd-imports.ts";
import { refusedPackages } from "./refused-packages.ts";
import { recordReads } from "./source-reads.ts";

export interface BundlerOptions {
  /** The handlers directory, absolute and without links. */
  readonly root: string;
  /** The file that `informd` means to a handler. */
  readonly handlerApi: string;
  /** The folder of the modules that stand for Node's built-in ones. */
  readonly inSandbox: string;
  /** Whether there are packages beside the handlers, and a project around them. @default true */
  readonly isProject?: boolean;
}

/** One script for each file, for the parser and the globals of the sandbox. Fills `reads` with what was read. */
export function buildOptions(
  files: readonly string[],
  { root, handlerApi, inSandbox, isProject = true }: BundlerOptions,
  reads: Map<string, string>,
) {
  return {
    absWorkingDir: root,
    entryPoints: files.map((file) => `./${file}`),
    outbase: ".",
    outdir: ".",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    write: false,
    metafile: true,
    format: "cjs",
    platform: "browser",
    conditions: ["worker", "browser"],
    // The parser of vm2 knows no later edition.
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    sourcemap: "external",
    // Line 1 of a script is shifted by Node's module wrapper.
    banner: { js: "\n" },
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    ...(!isProject && { tsconfigRaw: {} }),
    plugins: [
      informdImports(handlerApi),
      builtInModules(inSandbox),
      ...(isProject ? [] : [refusedPackages()]),
      recordReads(reads),
    ],
  } as const satisfies BuildOptions;
}
