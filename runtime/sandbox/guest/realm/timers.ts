import type { HostFunctions } from "./outbox.ts";

/** Live timers of one handler. */
const TIMERS_LIMIT = 10_000;
const LONGEST_DELAY_MS = 2 ** 31 - 1;

type Callback = (...args: readonly unknown[]) => unknown;

interface Entry {
  readonly callback: Callback;
  readonly args: readonly unknown[];
  readonly repeat: boolean;
}

/**
 * The realm's own timers: only numbers cross to the host, and a throw in a callback is reported instead of ending the process.
 * Returns what runs a timer that is due.
 */
export function installTimers(
  { setTimer, clearTimer }: HostFunctions,
  onThrow: (thrown: unknown) => void,
): (timer: number) => void {
  const entries: Record<number, Entry> = Object.create(null);
  let live = 0;
  let last = 0;

  const remove = (timer: number): void => {
    if (!entries[timer]) return;
    delete entries[timer];
    live--;
  };
  const add = (callback: unknown, delay: unknown, args: readonly unknown[], repeat: boolean): Timeout => {
    if (!isCallback(callback)) throw new TypeError("The first argument of a timer must be a function");
    if (live >= TIMERS_LIMIT) throw new RangeError(`Cannot set a timer: ${TIMERS_LIMIT} are set already`);
    const timer = ++last;
    entries[timer] = { callback, args, repeat };
    live++;
    setTimer(timer, delayFrom(delay), repeat);
    return new Timeout(timer);
  };
  const clear = (handle: unknown): void => {
    const timer = Number(handle);
    if (!entries[timer]) return;
    remove(timer);
    clearTimer(timer);
  };

  Object.assign(globalThis, {
    setTimeout: (callback: unknown, delay?: unknown, ...args: unknown[]) => add(callback, delay, args, false),
    setInterval: (callback: unknown, delay?: unknown, ...args: unknown[]) => add(callback, delay, args, true),
    setImmediate: (callback: unknown, ...args: unknown[]) => add(callback, 0, args, false),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
    queueMicrotask(callback: unknown): void {
      if (!isCallback(callback)) throw new TypeError("The argument of queueMicrotask must be a function");
      void runSoon(callback, onThrow);
    },
  });

  return (timer) => {
    const entry = entries[timer];
    if (!entry) return;
    if (!entry.repeat) remove(timer);
    runGuarded(entry.callback, entry.args, onThrow);
  };
}

/** What `setTimeout` returns. The process lives as long as the host wants, so `ref` and `unref` change nothing. */
class Timeout {
  readonly #timer: number;

  constructor(timer: number) {
    this.#timer = timer;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  [Symbol.toPrimitive](): number {
    return this.#timer;
  }
}

async function runSoon(callback: Callback, onThrow: (thrown: unknown) => void): Promise<void> {
  await Promise.resolve();
  runGuarded(callback, [], onThrow);
}

function runGuarded(callback: Callback, args: readonly unknown[], onThrow: (thrown: unknown) => void): void {
  try {
    callback(...args);
  } catch (thrown) {
    onThrow(thrown);
  }
}

function delayFrom(delay: unknown): number {
  const ms = Number(delay);
  return ms >= 1 && ms <= LONGEST_DELAY_MS ? ms : 1;
}

function isCallback(value: unknown): value is Callback {
  return typeof value === "function";
}
