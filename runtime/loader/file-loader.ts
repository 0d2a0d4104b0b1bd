/** Handler files to revisions: bundle, inspect, validate. */
import type { BundleFiles, BundleResult } from "./bundler.ts";
import { readExports } from "./handler-exports.ts";
import type { Inspect, LoadError } from "./inspect.ts";
import { problemAt, problemOfFile } from "./problem.ts";
import type { Bundle, Problem, Revision } from "./revision.ts";
import type { Sources } from "./source-reads.ts";
import { sourceTexts } from "./source-text.ts";

export interface FileLoaderDeps {
  readonly bundle: BundleFiles;
  readonly inspect: Inspect;
}

export type FileOutcome =
  | { readonly type: "loaded"; readonly revisions: readonly Revision[]; readonly sources: Sources }
  | { readonly type: "failed"; readonly problems: readonly Problem[]; readonly sources: Sources };

/** Loads handler files, named relative to the root. Rejects only when the signal aborts. */
export type LoadFiles = (files: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, FileOutcome>>;

/** Each inspection is a process. */
const INSPECTIONS_AT_ONCE = 4;

export function createFileLoader(deps: FileLoaderDeps): LoadFiles {
  return async (files, signal) => {
    const bundles = [...(await deps.bundle(files))];
    const outcomes = new Map<string, FileOutcome>();
    const work = async (): Promise<void> => {
      for (let next = bundles.shift(); next; next = bundles.shift()) {
        const [file, result] = next;
        outcomes.set(file, await outcomeOf(result, deps, signal));
        signal.throwIfAborted();
      }
    };
    await Promise.all(Array.from({ length: INSPECTIONS_AT_ONCE }, work));
    return outcomes;
  };
}

async function outcomeOf(result: BundleResult, deps: FileLoaderDeps, signal: AbortSignal): Promise<FileOutcome> {
  if (result.type === "failed") return result;
  const { bundle, sources } = result;
  const inspection = await deps.inspect(bundle, signal);
  if (inspection.type === "failed") {
    return { type: "failed", problems: [await loadProblem(bundle, inspection.error)], sources };
  }
  const reading = readExports(bundle, inspection.module);
  if (reading.type === "handlers") return { type: "loaded", revisions: reading.revisions, sources };
  return { type: "failed", problems: reading.reasons.map((reason) => problemOfFile(bundle.file, reason)), sources };
}

/** The code was built, but it throws while it loads. */
async function loadProblem(bundle: Bundle, { name, message, at }: LoadError): Promise<Problem> {
  const reason = `${name}: ${message}`;
  if (!at) return problemOfFile(bundle.file, reason);
  return problemAt(at, reason, sourceTexts(bundle.sourceMap).get(at.file) ?? "");
}
