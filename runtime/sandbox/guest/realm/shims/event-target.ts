type Listener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

interface ListenerOptions {
  readonly once?: boolean;
  readonly signal?: EventTarget & { readonly aborted: boolean };
}

interface Registration {
  readonly listener: Listener;
  readonly once: boolean;
}

export class Event {
  readonly type: string;
  readonly cancelable: boolean;
  target: EventTarget | null = null;
  #prevented = false;
  #stopped = false;

  constructor(type: string, { cancelable = false }: { cancelable?: boolean } = {}) {
    this.type = type;
    this.cancelable = cancelable;
  }

  get currentTarget(): EventTarget | null {
    return this.target;
  }

  get defaultPrevented(): boolean {
    return this.#prevented;
  }

  /** Not of the standard's surface: whether `stopImmediatePropagation` was called. */
  static isStopped(event: Event): boolean {
    return event.#stopped;
  }

  preventDefault(): void {
    if (this.cancelable) this.#prevented = true;
  }

  stopPropagation(): void {}

  stopImmediatePropagation(): void {
    this.#stopped = true;
  }
}

export class EventTarget {
  readonly #listeners: Record<string, Registration[]> = Object.create(null);

  addEventListener(type: string, listener: Listener | null, options: boolean | ListenerOptions = {}): void {
    if (!listener) return;
    const { once = false, signal } = toOptions(options);
    const registrations = (this.#listeners[type] ??= []);
    if (signal?.aborted || registrations.some((one) => one.listener === listener)) return;
    registrations.push({ listener, once });
    signal?.addEventListener("abort", () => this.removeEventListener(type, listener), { once: true });
  }

  removeEventListener(type: string, listener: Listener | null): void {
    const registrations = this.#listeners[type];
    if (registrations) this.#listeners[type] = registrations.filter((one) => one.listener !== listener);
  }

  dispatchEvent(event: Event): boolean {
    event.target = this;
    for (const { listener, once } of this.#listeners[event.type] ?? []) {
      if (once) this.removeEventListener(event.type, listener);
      callListener(listener, this, event);
      if (Event.isStopped(event)) break;
    }
    return !event.defaultPrevented;
  }
}

/** A listener that throws does not keep others from running: its error is reported as unhandled. */
export function callListener(listener: Listener, target: EventTarget, event: Event): void {
  try {
    if (typeof listener === "function") listener.call(target, event);
    else listener.handleEvent(event);
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown;
    });
  }
}

/** A boolean says whether to capture, which means nothing without a tree. */
function toOptions(options: boolean | ListenerOptions): ListenerOptions {
  return typeof options === "object" ? options : {};
}
