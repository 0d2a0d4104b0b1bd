import { sleep } from "#kernel/clock.ts";
import type { Clock } from "#kernel/clock.ts";
import type { RecentDeletes } from "./recent-deletes.ts";
import type { RevisionServer } from "./revision-server.ts";
import { standingOf } from "./standing.ts";

const INTERVAL_MS = 10;
/** From then on it is the serving caches that are behind: their watch may be broken for good. */
const LONGEST_DOUBT_MS = 5_000;

/** Resolves in a tick in which the caches of `next` are not behind those that serve, or once the signal aborts. */
export async function untilLevel(
  clock: Clock,
  next: RevisionServer,
  serving: RevisionServer,
  deletes: RecentDeletes,
  signal: AbortSignal,
): Promise<void> {
  const doubtUntil = clock.monotonic() + LONGEST_DOUBT_MS;
  while (!signal.aborted) {
    const standing = standingOf(opened(next), opened(serving), deletes);
    if (standing === "level" || (standing === "unclear" && clock.monotonic() >= doubtUntil)) return;
    await sleep(clock, INTERVAL_MS, signal).catch(() => {});
  }
}

function opened({ caches, revision: { options } }: RevisionServer) {
  return { caches, options };
}
