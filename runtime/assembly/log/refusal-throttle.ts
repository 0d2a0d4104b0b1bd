import type { Clock, Timer } from "#kernel/clock.ts";

const RECORDS = 10;
const WINDOW_MS = 60_000;

interface Window {
  count: number;
  readonly end: Timer;
}

/** A handler that asks in a loop for what it may not do: ten refusals a minute are records, the others a number. */
export class RefusalThrottle {
  readonly #clock: Clock;
  readonly #tellMore: (handler: string, count: number) => void;
  readonly #windows = new Map<string, Window>();

  /** @param tellMore called at the end of a minute in which there were more than ten */
  constructor(clock: Clock, tellMore: (handler: string, count: number) => void) {
    this.#clock = clock;
    this.#tellMore = tellMore;
  }

  admits(handler: string): boolean {
    const window = this.#windows.get(handler) ?? this.#open(handler);
    window.count++;
    return window.count <= RECORDS;
  }

  close(): void {
    for (const handler of this.#windows.keys()) this.#close(handler);
  }

  #open(handler: string): Window {
    const window = { count: 0, end: this.#clock.setTimer(WINDOW_MS, () => this.#close(handler)) };
    this.#windows.set(handler, window);
    return window;
  }

  #close(handler: string): void {
    const window = this.#windows.get(handler);
    if (!window) return;
    window.end.cancel();
    this.#windows.delete(handler);
    if (window.count > RECORDS) this.#tellMore(handler, window.count - RECORDS);
  }
}
