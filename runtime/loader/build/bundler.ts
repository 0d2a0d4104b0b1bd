/** Handler files to bundles: one esbuild run for all that an edit touches. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { BuildFailure, BuildResult, Message, Metafile } from "esbuild";
import { buildOptions } from "./build-options.ts";
import type { BundlerOptions } from "./build-options.ts";
import { isFileInput } from "./built-in-modules.ts";
import { contentHash } from "../content-hash.ts";
import { inputsOf } from "./dependents.ts";
import { forbiddenImports } from "./forbidden-imports.ts";
import { problemOfMessage } from "../problem.ts";
import type { Bundle, Problem } from "../revision.ts";
import type { Sources } from "./source-reads.ts";
import { sourceTexts } from "./source-text.ts";
import { buildWarning, warningsOf } from "./warnings.ts";

export type BundleResult =
  | { readonly type: "built"; readonly bundle: Bundle; readonly sources: Sources }
  | { readonly type: "failed"; readonly problems: readonly Problem[]; readonly sources: Sources };

/** Bundles handler files, named relative to the root. Never rejects for what is in them. */
export type BundleFiles = (files: readonly string[]) => Promise<ReadonlyMap<string, BundleResult>>;

type Output = BuildResult<{ metafile: true; write: false }>;

export function createBundler(options: BundlerOptions): BundleFiles {
  return async function bundle(files) {
    if (files.length === 0) return new Map();
    const reads = new Map<string, string>();
    const output = await run(files, options, reads);
    if (output.type === "built") return bundlesOf(files, output.result, reads, options);
    const [only = "", second] = files;
    if (second === undefined) return new Map([[only, await failureOf(only, output.errors, reads, options.root)]]);
    return separately(files, bundle);
  };
}

/** A failed run says nothing about its other entry points. */
async function separately(files: readonly string[], bundle: BundleFiles): Promise<ReadonlyMap<string, BundleResult>> {
  const results = new Map<string, BundleResult>();
  for (const file of files) for (const [name, result] of await bundle([file])) results.set(name, result);
  return results;
}

type Run =
  | { readonly type: "built"; readonly result: Output }
  | { readonly type: "failed"; readonly errors: readonly Message[] };

async function run(files: readonly string[], options: BundlerOptions, reads: Map<string, string>): Promise<Run> {
  try {
    return { type: "built", result: await build(buildOptions(files, options, reads)) };
  } catch (error) {
    if (isBuildFailure(error)) return { type: "failed", errors: error.errors };
    throw error;
  }
}

function bundlesOf(
  files: readonly string[],
  result: Output,
  reads: Sources,
  { root }: BundlerOptions,
): ReadonlyMap<string, BundleResult> {
  const texts = new Map(result.outputFiles.map(({ path, text }) => [path, text]));
  const outputs = Object.entries(result.metafile.outputs);
  const bundles = files.map((file): [string, BundleResult] => {
    const [name = "", output] = outputs.find(([, { entryPoint }]) => entryPoint === file) ?? [];
    if (!output) throw new Error(`Cannot bundle "${file}": esbuild gave no output for it`);
    const sourceMap = texts.get(join(root, `${name}.map`)) ?? "";
    const built = { file, code: texts.get(join(root, name)) ?? "", sourceMap, output };
    return [file, bundleOf(built, result, reads, root)];
  });
  return new Map(bundles);
}

interface Built {
  readonly file: string;
  readonly code: string;
  readonly sourceMap: string;
  readonly output: Metafile["outputs"][string];
}

function bundleOf(
  { file, code, sourceMap, output }: Built,
  { metafile, warnings }: Output,
  reads: Sources,
  root: string,
): BundleResult {
  const names = [...inputsOf(file, metafile)].filter(isFileInput);
  const inputs = names.map((name) => join(root, name));
  const sources = only(reads, inputs);
  const texts = sourceTexts(sourceMap);
  const problems = forbiddenImports(file, output, metafile, texts);
  if (problems.length > 0) return { type: "failed", problems, sources };
  const own = warnings.filter(({ location }) => location && names.includes(location.file));
  const bundle: Bundle = {
    id: contentHash(code),
    file,
    code,
    sourceMap,
    inputs,
    warnings: [
      ...own.map((warning) => buildWarning(warning, file, texts.get(warning.location?.file ?? ""))),
      ...warningsOf(file, code, names, texts),
    ],
  };
  return { type: "built", bundle, sources };
}

async function failureOf(
  file: string,
  errors: readonly Message[],
  sources: Sources,
  root: string,
): Promise<BundleResult> {
  const problems = errors.map(async (error) => problemOfMessage(error, file, await sourceOf(error, root)));
  return { type: "failed", problems: await Promise.all(problems), sources };
}

/** `undefined`: the message names no file, or one that cannot be read by now. */
async function sourceOf({ location }: Message, root: string): Promise<string | undefined> {
  if (!location) return undefined;
  try {
    return await readFile(join(root, location.file), "utf8");
  } catch {
    return undefined;
  }
}

function only(reads: Sources, paths: readonly string[]): Sources {
  return new Map(paths.flatMap((path) => (reads.has(path) ? [[path, reads.get(path) ?? ""] as const] : [])));
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
