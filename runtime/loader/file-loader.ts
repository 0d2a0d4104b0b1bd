/** Handler files to revisions: bundle, inspect, validate. */
import type { Clock } from "#kernel/clock.ts";
import type { BundleFiles, BundleResult } from "./bundler.ts";
import { readExports } from "./handler-exports.ts";
import type { Inspect, LoadError } from "./inspect.ts";
import { problemAt, problemOfFile } from "./problem.ts";
import type { Bundle, Making, Problem, Revision } from "./revision.ts";
import type { Sources } from "./source-reads.ts";
import { sourceTexts } from "./source-text.ts";

export interface FileLoaderDeps {
  readonly clock: Clock;
  readonly bundle: BundleFiles;
  readonly inspect: Inspect;
}

export type FileOutcome =
  | { readonly type: "loaded"; readonly revisions: readonly Revision[]; readonly sources: Sources }
  | { readonly type: "failed"; readonly problems: readonly Problem[]; readonly sources: Sources };

/**
 * Loads handler files, named relative to the root. One that is saved again meanwhile is left out: it will be loaded anew.
 * Rejects only when the signal aborts.
 * `seenAt`: of the change that asks for it.
 */
export type LoadFiles = (
  files: readonly string[],
  seenAt: number,
  whileUntouched: WhileUntouched,
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, FileOutcome>>;

/** Calls `work` with a signal that aborts as soon as something happens to one of `paths`. */
export type WhileUntouched = <Result>(
  paths: Iterable<string>,
  work: (touched: AbortSignal) => Promise<Result>,
) => Promise<Result>;

/** Each inspection is a process. */
const INSPECTIONS_AT_ONCE = 4;

export function createFileLoader(deps: FileLoaderDeps): LoadFiles {
  return async (files, seenAt, whileUntouched, signal) => {
    const startedAt = deps.clock.monotonic();
    const making = (): Making => ({ seenAt, builtMs: deps.clock.monotonic() - startedAt });
    const bundles = [...(await deps.bundle(files))];
    const outcomes = new Map<string, FileOutcome>();
    const work = async (): Promise<void> => {
      for (let next = bundles.shift(); next; next = bundles.shift()) {
        const [file, result] = next;
        const outcome = await whileUntouched(result.sources.keys(), (touched) =>
          outcomeOf(result, deps.inspect, making, touched, signal),
        );
        signal.throwIfAborted();
        if (outcome) outcomes.set(file, outcome);
      }
    };
    await Promise.all(Array.from({ length: INSPECTIONS_AT_ONCE }, work));
    return outcomes;
  };
}

/** `undefined`: it was saved again before it was inspected. */
async function outcomeOf(
  result: BundleResult,
  inspect: Inspect,
  making: () => Making,
  touched: AbortSignal,
  signal: AbortSignal,
): Promise<FileOutcome | undefined> {
  if (result.type === "failed") return result;
  const { bundle, sources } = result;
  const inspection = await inspect(bundle, AbortSignal.any([touched, signal])).catch((error: unknown) => {
    if (touched.aborted) return undefined;
    throw error;
  });
  if (!inspection) return undefined;
  if (inspection.type === "failed") {
    return { type: "failed", problems: [loadProblem(bundle, inspection.error)], sources };
  }
  const reading = readExports(bundle, inspection.module, making());
  if (reading.type === "handlers") return { type: "loaded", revisions: reading.revisions, sources };
  return { type: "failed", problems: reading.reasons.map((reason) => problemOfFile(bundle.file, reason)), sources };
}

/** The code was built, but it throws while it loads. */
function loadProblem(bundle: Bundle, { name, message, at }: LoadError): Problem {
  const reason = `${name}: ${message}`;
  if (!at) return problemOfFile(bundle.file, reason);
  return problemAt(at, reason, sourceTexts(bundle.sourceMap).get(at.file) ?? "");
}
