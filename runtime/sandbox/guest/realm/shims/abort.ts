import { DOMException } from "./dom-exception.ts";
import { callListener, Event, EventTarget } from "./event-target.ts";

const SECRET = Symbol("made by this module");

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown;
  onabort: ((event: Event) => unknown) | null = null;

  constructor(secret?: symbol) {
    super();
    if (secret !== SECRET) throw new TypeError("Illegal constructor");
  }

  static abort(reason?: unknown): AbortSignal {
    const controller = new AbortController();
    controller.abort(reason);
    return controller.signal;
  }

  static timeout(delayMs: number): AbortSignal {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException("The operation timed out", "TimeoutError")), delayMs);
    return controller.signal;
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const controller = new AbortController();
    for (const signal of signals) {
      if (signal.aborted) controller.abort(signal.reason);
      else signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
    }
    return controller.signal;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  /** Only a controller can abort its signal. */
  static abortSignal(secret: symbol, signal: AbortSignal, reason: unknown): void {
    if (secret !== SECRET || signal.#aborted) return;
    signal.#aborted = true;
    signal.#reason = reason;
    const event = new Event("abort");
    signal.dispatchEvent(event);
    if (signal.onabort) callListener(signal.onabort, signal, event);
  }
}

export class AbortController {
  readonly signal = new AbortSignal(SECRET);

  abort(reason: unknown = new DOMException("This operation was aborted", "AbortError")): void {
    AbortSignal.abortSignal(SECRET, this.signal, reason);
  }
}
