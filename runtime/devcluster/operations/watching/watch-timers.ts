import type { Clock, Timer } from "#kernel/clock.ts";
import type { WatchOptions } from "../api-operations.ts";

export interface WatchTimes {
  bookmark(): void;
  /** The watch's time is over. */
  end(): void;
}

const BOOKMARK_INTERVAL_MS = 60_000;
/** How long before its end a watch gets the last one. */
const LAST_BOOKMARK_MS = 2000;
/** kube-apiserver: `--min-request-timeout`, from once to twice as long. */
const MIN_TIMEOUT_MS = 1_800_000;

/** When a watch says how far it is, and when it ends. */
export class WatchTimers {
  readonly #timers: Timer[] = [];
  #bookmark: Timer | undefined;

  constructor(
    { clock, random }: { readonly clock: Clock; readonly random: () => number },
    { allowBookmarks, timeoutMs = MIN_TIMEOUT_MS * (1 + random()) }: WatchOptions,
    times: WatchTimes,
  ) {
    this.#timers.push(clock.setTimer(timeoutMs, () => times.end()));
    if (!allowBookmarks) return;
    const bookmarkLater = (): Timer =>
      clock.setTimer(BOOKMARK_INTERVAL_MS, () => {
        this.#bookmark = bookmarkLater();
        times.bookmark();
      });
    this.#bookmark = bookmarkLater();
    const last = timeoutMs - LAST_BOOKMARK_MS;
    if (last > 0) this.#timers.push(clock.setTimer(last, () => times.bookmark()));
  }

  stop(): void {
    this.#bookmark?.cancel();
    for (const timer of this.#timers) timer.cancel();
  }
}
