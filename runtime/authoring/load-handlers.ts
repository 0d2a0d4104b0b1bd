/** Every handler of a directory, loaded as the runtime would load it: built, and inspected in a sandbox of its own. */
import { realpath } from "node:fs/promises";
import { HANDLER_API, IN_SANDBOX_MODULES } from "#assets.ts";
import type { Clock } from "#kernel/clock.ts";
import { openHandlersDirectory } from "#loader/directory/open-handlers-directory.ts";
import { problemOfFile } from "#loader/problem.ts";
import type { Batch, Problem, Revision } from "#loader/revision.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";

export type LoadedHandlers =
  | {
      readonly type: "loaded";
      /** The handlers directory, without links. */
      readonly root: string;
      /** Sorted by handler. */
      readonly revisions: readonly Revision[];
      /** Of files that do not load. */
      readonly problems: readonly Problem[];
      readonly warnings: readonly Problem[];
    }
  | { readonly type: "failed"; readonly message: string };

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
  const bundles = new Map(revisions.map(({ bundle }) => [bundle.file, bundle]));
  return {
    revisions: revisions.toSorted((a, b) => a.handler.localeCompare(b.handler)),
    problems: [
      ...failures.flatMap((failure) => failure.problems),
      ...conflicts.map(({ handler, files: [file = "", ...others] }) => {
        const names = others.map((other) => `"${other}"`).join(", ");
        return problemOfFile(file, `the id "${handler}" is claimed by ${names} too: rename one of them`);
      }),
    ],
    warnings: [...bundles.values()].flatMap((bundle) => bundle.warnings),
  };
}
