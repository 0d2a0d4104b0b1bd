/** Every handler of a directory, loaded as the runtime would load it: built, and inspected in a sandbox of its own. */
import { realpath } from "node:fs/promises";
import { HANDLER_API, IN_SANDBOX_MODULES } from "#assets.ts";
import type { Clock } from "#kernel/clock.ts";
import { openHandlersDirectory } from "#loader/directory/open-handlers-directory.ts";
import { problemOfFile } from "#loader/problem.ts";
import type { Batch, Conflict, Problem, Revision } from "#loader/revision.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";

export type LoadedHandlers =
  | {
      readonly type: "loaded";
      /** The handlers directory, without links. */
      readonly root: string;
      /** Sorted by handler. */
      readonly revisions: readonly Revision[];
      readonly failures: readonly LoadFailure[];
      readonly warnings: readonly Problem[];
    }
  | { readonly type: "failed"; readonly message: string };

export interface LoadFailure {
  /** Handler files that are not loaded. */
  readonly files: readonly string[];
  /** Why. A problem may lie in a file that they import. */
  readonly problems: readonly Problem[];
}

/** @param action what is to be done with them, for messages: `check` */
export async function loadHandlers(clock: Clock, directory: string, action: string): Promise<LoadedHandlers> {
  const pool = new ProcessSandboxPool(clock, { bundle: await guestBundle() });
  try {
    const opened = await openHandlersDirectory(
      { clock, inspect: (program, engine, signal) => pool.inspect(program, engine, signal) },
      { directory, watch: false, handlerApi: HANDLER_API, inSandbox: IN_SANDBOX_MODULES },
    );
    if (opened.type === "failed") {
      return {
        type: "failed",
        message: `Cannot read handlers directory "${directory}": ${opened.reason}. Name another one with --handlers.`,
      };
    }
    for await (const batch of opened.source.batches(new AbortController().signal)) {
      if (!isEmpty(batch)) return { type: "loaded", root: await realpath(directory), ...contentsOf(batch) };
    }
    return {
      type: "failed",
      message: `Cannot ${action} handlers of "${directory}": there is no handler file in it. Add one such as "pod-added.ts", or name another directory with --handlers.`,
    };
  } finally {
    await pool.close();
  }
}

function isEmpty({ revisions, failures, conflicts }: Batch): boolean {
  return revisions.length + failures.length + conflicts.length === 0;
}

function contentsOf({ revisions, failures, conflicts }: Batch) {
  return {
    revisions: revisions.toSorted((a, b) => a.handler.localeCompare(b.handler)),
    failures: [
      ...failures.map(({ file, problems }) => ({ files: [file], problems })),
      ...conflicts.map((conflict) => ({ files: conflict.files, problems: [problemOfConflict(conflict)] })),
    ],
    warnings: warningsOf(revisions),
  };
}

/** They may lie in files that a handler file imports. */
export function warningsOf(revisions: readonly Revision[]): Problem[] {
  const bundles = new Map(revisions.map(({ bundle }) => [bundle.file, bundle]));
  return [...bundles.values()].flatMap((bundle) => bundle.warnings);
}

function problemOfConflict({ handler, files: [file = "", ...others] }: Conflict): Problem {
  const names = others.map((other) => `"${other}"`).join(", ");
  return problemOfFile(file, `the id "${handler}" is claimed by ${names} too: rename one of them`);
}
