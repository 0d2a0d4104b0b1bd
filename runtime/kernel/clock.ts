/** A pending timer. `cancel` is idempotent. */
export interface Timer {
  cancel(): void;
}

/** The only source of time in the runtime, so that tests can turn it by hand. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch: for timestamps that people read. */
  now(): number;
  /** Monotonic milliseconds: for every duration, deadline and wait. */
  monotonic(): number;
  /** Calls `run` once after `delayMs` (any length; at once if it is not positive). The timer keeps the process alive. */
  setTimer(delayMs: number, run: () => void): Timer;
}

/** Node's timers fire at once for anything longer. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, run) {
    let handle: NodeJS.Timeout;
    const arm = (leftMs: number): void => {
      const stepMs = Math.min(leftMs, LONGEST_TIMEOUT_MS);
      handle = setTimeout(() => (leftMs > stepMs ? arm(leftMs - stepMs) : run()), Math.max(0, stepMs));
    };
    arm(delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};

/** Resolves after `delayMs`. Rejects with the signal's reason as soon as it aborts. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = (): void => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.setTimer(delayMs, () => {
      signal?.removeEventListener("abort", abort);
      resolve();
    });
    signal?.addEventListener("abort", abort, { once: true });
  });
}
