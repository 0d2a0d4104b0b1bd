import type { Batch, HandlerSource } from "#loader/revision.ts";
import type { Logger } from "#observability/logger.ts";
import type { Supervisor } from "#supervisor/supervisor.ts";

export interface FollowParts {
  readonly source: HandlerSource;
  readonly supervisor: Pick<Supervisor, "apply" | "ready" | "statuses">;
  readonly logger: Logger;
  /** Called behind each batch. */
  readonly applied: (batch: Batch) => void;
}

export interface FollowOptions {
  /** Where they come from, for messages. */
  readonly handlers: string;
  /** Whether it goes on with a batch for each change. */
  readonly isFollowed: boolean;
}

/**
 * Has whatever the source brings served, until `stop` aborts. Resolves at once, with what is wrong and what to do, if there is
 * nothing to serve. A source that is not followed ends after its first batch; the handlers go on.
 */
export async function followSource(
  { source, supervisor, logger, applied }: FollowParts,
  { handlers, isFollowed }: FollowOptions,
  stop: AbortSignal,
): Promise<string | undefined> {
  let isFirst = true;
  const loaded: Loaded = { handlers: 0, failed: 0 };
  for await (const batch of source.batches(stop)) {
    if (isFirst) count(loaded, batch);
    if (isFirst && !batch.isPartial) logger.info("handlers loaded", { ...loaded });
    supervisor.apply(batch);
    for (const file of batch.withoutEffect ?? []) logger.info("save without effect", { file });
    for (const handler of batch.restored ?? []) logger.warn("last good bundle serves", { handler });
    // A change can still mend whatever is wrong with them.
    const problem = isFirst && !isFollowed ? startProblem(batch, handlers) : undefined;
    if (problem !== undefined) return problem;
    const isOver = !batch.isPartial;
    if (isOver && isNothing(batch) && supervisor.statuses.length === 0) logger.warn("handlers awaited", { handlers });
    applied(batch);
    if (isFirst && isOver) void supervisor.ready.then((counts) => logger.info("ready", { ...counts }));
    if (isOver) isFirst = false;
  }
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve, { once: true }));
  return undefined;
}

interface Loaded {
  handlers: number;
  failed: number;
}

function count(loaded: Loaded, { revisions, failures, conflicts }: Batch): void {
  loaded.handlers += revisions.length;
  loaded.failed += failures.length + conflicts.length;
}

function isNothing({ revisions, failures, conflicts }: Batch): boolean {
  return [revisions, failures, conflicts].every(({ length }) => length === 0);
}

function startProblem({ revisions, failures, conflicts: [conflict] }: Batch, directory: string): string | undefined {
  if (conflict) {
    const files = conflict.files.map((file) => `"${file}"`).join(" and ");
    return `Cannot start handlers of "${directory}": ${files} have one id, "${conflict.handler}". Rename one of them.`;
  }
  if (revisions.length > 0) return undefined;
  return failures.length > 0
    ? `Cannot start handlers of "${directory}": none of them loads. The log says why for each; "informd check" shows it again.`
    : `Cannot start handlers of "${directory}": there is no handler file in it. Add one such as "pod-added.ts", or name another directory with --handlers.`;
}
