import type { Clock, Timer } from "#kernel/clock.ts";
import type { WatchOptions } from "../api-operations.ts";

export interface WatchTimes {
  bookmark(): void;
  /** The watch's time is over. */
  end(): void;
}

const BOOKMARK_INTERVAL_MS = 60_000;
/** kube-apiserver: `--min-request-timeout`, from once to twice as long. */
const MIN_TIMEOUT_MS = 1_800_000;

/** When a watch says how far it is, and when it ends. The last bookmark comes just before the end. */
export class WatchTimers {
  readonly #end: Timer;
  #bookmark: Timer | undefined;

  constructor(
    { clock, random }: { readonly clock: Clock; readonly random: () => number },
    { allowBookmarks, timeoutMs = MIN_TIMEOUT_MS * (1 + random()) }: WatchOptions,
    times: WatchTimes,
  ) {
    const bookmarkLater = (): Timer =>
      clock.setTimer(BOOKMARK_INTERVAL_MS, () => {
        this.#bookmark = bookmarkLater();
        times.bookmark();
      });
    if (allowBookmarks) this.#bookmark = bookmarkLater();
    this.#end = clock.setTimer(timeoutMs, () => {
      if (allowBookmarks) times.bookmark();
      times.end();
    });
  }

  stop(): void {
    this.#bookmark?.cancel();
    this.#end.cancel();
  }
}
