/** Handler files to revisions: bundle, inspect, validate. */
import type { Clock } from "#kernel/clock.ts";
import { errorLine } from "#kernel/error-line.ts";
import type { BundleFiles, BundleResult } from "./build/bundler.ts";
import { readExports } from "./handler-exports.ts";
import type { Inspect, LoadError } from "./inspect.ts";
import { inspectInEngine } from "./inspect-in-engine.ts";
import { problemAt, problemOfFile } from "./problem.ts";
import type { Bundle, Problem, Revision } from "./revision.ts";
import type { Sources } from "./build/source-reads.ts";
import { sourceTexts } from "./build/source-text.ts";

export interface FileLoaderDeps {
  readonly clock: Clock;
  readonly bundle: BundleFiles;
  readonly inspect: Inspect;
}

export type FileOutcome =
  | { readonly type: "loaded"; readonly revisions: readonly Revision[]; readonly sources: Sources }
  | { readonly type: "failed"; readonly problems: readonly Problem[]; readonly sources: Sources };

/** A handler file after the first step. */
export interface BundledFile {
  readonly result: BundleResult;
  /** How long it took, together with those that were bundled in one go. */
  readonly bundledMs: number;
}

/** What a handler file holds, in two steps: the first is cheap, the second takes a process. */
export interface FileLoader {
  /** Files are named relative to the root. */
  bundle(files: readonly string[]): Promise<ReadonlyMap<string, BundledFile>>;
  /** `seenAt`: of the change that asks for it. Rejects only when the signal aborts, with its reason. */
  inspect(bundled: BundledFile, seenAt: number, signal: AbortSignal): Promise<FileOutcome>;
}

export function createFileLoader({ clock, bundle, inspect }: FileLoaderDeps): FileLoader {
  return {
    async bundle(files) {
      const startedAt = clock.monotonic();
      const results = await bundle(files);
      const bundledMs = clock.monotonic() - startedAt;
      return new Map(results.entries().map(([file, result]) => [file, { result, bundledMs }]));
    },
    async inspect({ result, bundledMs }, seenAt, signal) {
      if (result.type === "failed") return result;
      const { bundle: program, sources } = result;
      const startedAt = clock.monotonic();
      const inspection = await inspectInEngine(inspect, program, signal);
      signal.throwIfAborted();
      if (inspection.type === "failed") {
        return { type: "failed", problems: [loadProblem(program, inspection.error)], sources };
      }
      const builtMs = bundledMs + clock.monotonic() - startedAt;
      const reading = readExports(program, inspection.module, { seenAt, builtMs });
      if (reading.type === "handlers") {
        return { type: "loaded", revisions: withTheirWarnings(reading.revisions, program), sources };
      }
      return {
        type: "failed",
        problems: reading.reasons.map((reason) => problemOfFile(program.file, reason)),
        sources,
      };
    },
  };
}

/** Without warnings about an engine that none of them runs in. */
function withTheirWarnings(revisions: readonly Revision[], bundle: Bundle): readonly Revision[] {
  const engines = new Set(revisions.map(({ options }) => options.engine));
  const warnings = bundle.warnings.filter(({ engine }) => engine === undefined || engines.has(engine));
  const warned: Bundle = { ...bundle, warnings };
  return revisions.map((revision) => ({ ...revision, bundle: warned }));
}

/** The code was built, but it throws while it loads. */
function loadProblem(bundle: Bundle, error: LoadError): Problem {
  const { at } = error;
  const reason = errorLine(error);
  if (!at) return problemOfFile(bundle.file, reason);
  return problemAt(at, reason, sourceTexts(bundle.sourceMap).get(at.file) ?? "");
}
