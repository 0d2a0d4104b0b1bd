import type { Clock } from "#kernel/clock.ts";
import { LinkedAbort } from "#kernel/linked-abort.ts";
import type { ListWatchClient, WatchEnd, WatchQuery, WatchSink } from "#kubernetes/list-watch.ts";

/** How much later than the server's own timeout a watch is given up: a half-open connection never says that it is dead. */
const GRACE_MS = 30_000;

/** The part of the wire that watches. */
export type Watcher = Pick<ListWatchClient, "watch">;

/** A watch from its request to its end. */
export interface WatchRun {
  readonly end: WatchEnd;
  /** Events and bookmarks that came. */
  readonly frames: number;
  readonly durationMs: number;
}

/** Runs one watch. Rejects with the signal's reason when it aborts; nothing reaches the sink afterwards. */
export async function runWatch(
  deps: { readonly clock: Clock; readonly client: Watcher },
  query: WatchQuery,
  sink: WatchSink,
  signal: AbortSignal,
): Promise<WatchRun> {
  const { clock, client } = deps;
  signal.throwIfAborted();
  const startedAt = clock.monotonic();
  const running = new LinkedAbort(signal);
  const deadline = clock.setTimer(query.timeoutSeconds * 1_000 + GRACE_MS, () => running.abort());
  let frames = 0;
  const counted = <Args extends unknown[]>(pass: (...args: Args) => void) => {
    return (...args: Args): void => {
      if (running.signal.aborted) return;
      frames += 1;
      pass(...args);
    };
  };
  try {
    const end = await client.watch(
      query,
      {
        opened: () => running.signal.aborted || sink.opened(),
        event: counted((type, object) => sink.event(type, object)),
        bookmark: counted((resourceVersion, initialEventsEnd) => sink.bookmark(resourceVersion, initialEventsEnd)),
        unknown: counted((type, resourceVersion) => sink.unknown(type, resourceVersion)),
      },
      running.signal,
    );
    signal.throwIfAborted();
    return { end, frames, durationMs: clock.monotonic() - startedAt };
  } catch (error) {
    signal.throwIfAborted();
    if (!running.signal.aborted) throw error;
    return { end: { type: "closed" }, frames, durationMs: clock.monotonic() - startedAt };
  } finally {
    deadline.cancel();
    running.release();
  }
}
