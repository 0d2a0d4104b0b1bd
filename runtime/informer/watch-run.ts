import type { Clock } from "#kernel/clock.ts";
import type { ListWatchClient, WatchEnd, WatchQuery, WatchSink } from "#kubernetes/list-watch.ts";

/** How much later than the server's own timeout a watch is given up: a half-open connection never says that it is dead. */
const GRACE_MS = 30_000;

/** A watch from its request to its end. */
export interface WatchRun {
  readonly end: WatchEnd;
  /** Events and bookmarks that came. */
  readonly frames: number;
  readonly durationMs: number;
}

/** Runs one watch. Rejects with the signal's reason when it aborts; nothing reaches the sink afterwards. */
export async function runWatch(
  deps: { readonly clock: Clock; readonly client: ListWatchClient },
  query: WatchQuery,
  sink: WatchSink,
  signal: AbortSignal,
): Promise<WatchRun> {
  const { clock, client } = deps;
  const startedAt = clock.monotonic();
  const overdue = new AbortController();
  const deadline = clock.setTimer(query.timeoutSeconds * 1_000 + GRACE_MS, () => overdue.abort());
  const both = AbortSignal.any([signal, overdue.signal]);
  let frames = 0;
  const counted = <Args extends unknown[]>(pass: (...args: Args) => void) => {
    return (...args: Args): void => {
      if (both.aborted) return;
      frames += 1;
      pass(...args);
    };
  };
  try {
    const end = await client.watch(
      query,
      {
        opened: () => both.aborted || sink.opened(),
        event: counted((type, object) => sink.event(type, object)),
        bookmark: counted((resourceVersion, initialEventsEnd) => sink.bookmark(resourceVersion, initialEventsEnd)),
        unknown: counted((type, resourceVersion) => sink.unknown(type, resourceVersion)),
      },
      both,
    );
    signal.throwIfAborted();
    return { end, frames, durationMs: clock.monotonic() - startedAt };
  } catch (error) {
    signal.throwIfAborted();
    if (!overdue.signal.aborted) throw error;
    return { end: { type: "closed" }, frames, durationMs: clock.monotonic() - startedAt };
  } finally {
    deadline.cancel();
  }
}
