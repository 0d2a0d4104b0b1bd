/** The handlers of a directory, loaded as the runtime would load them, and the files that stand for them in a ConfigMap. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HANDLER_API, IN_SANDBOX_MODULES } from "#assets.ts";
import type { Clock } from "#kernel/clock.ts";
import { openHandlersDirectory } from "#loader/open-handlers-directory.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";

export type ReadHandlers =
  | {
      readonly type: "read";
      readonly revisions: readonly Revision[];
      /** By key of the ConfigMap. */
      readonly files: ReadonlyMap<string, string>;
    }
  | { readonly type: "notLoaded"; readonly problems: readonly Problem[] }
  | { readonly type: "failed"; readonly message: string };

export async function readHandlers(clock: Clock, directory: string): Promise<ReadHandlers> {
  const pool = new ProcessSandboxPool(clock, { bundle: await guestBundle() });
  try {
    const opened = await openHandlersDirectory(
      { clock, inspect: (program, signal) => pool.inspect(program, signal) },
      { directory, watch: false, handlerApi: HANDLER_API, inSandbox: IN_SANDBOX_MODULES },
    );
    if (opened.type === "failed") {
      return failed(
        `Cannot read handlers directory "${directory}": ${opened.reason}. Name another one with --handlers.`,
      );
    }
    for await (const { revisions, failures, conflicts } of opened.source.batches(new AbortController().signal)) {
      const problems = failures.flatMap((failure) => failure.problems);
      if (problems.length > 0) return { type: "notLoaded", problems };
      if (conflicts.length > 0 || revisions.length === 0) break;
      const names = [...new Set(revisions.map(({ file }) => file))].toSorted();
      const files = await Promise.all(
        names.map(async (name) => [name, await readFile(join(directory, name), "utf8")] as const),
      );
      return { type: "read", revisions, files: new Map(files) };
    }
    return failed(
      `Cannot make manifests from "${directory}": there is no handler file in it. Add one such as "pod-added.ts", or name another directory with --handlers.`,
    );
  } finally {
    await pool.close();
  }
}

function failed(message: string): ReadHandlers {
  return { type: "failed", message };
}
