/** `node:timers/promises`. */
interface WaitOptions {
  readonly signal?: AbortSignal;
}

function wait<T>(delayMs = 0, value?: T, { signal }: WaitOptions = {}): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve(value);
    }, delayMs);
    signal?.addEventListener("abort", abort, { once: true });
  });
}

export const builtIn = {
  setTimeout: wait,
  setImmediate: <T>(value?: T, options?: WaitOptions): Promise<T | undefined> => wait(0, value, options),
  scheduler: {
    wait: (delayMs: number, options?: WaitOptions): Promise<undefined> => wait(delayMs, undefined, options),
    yield: (): Promise<undefined> => wait(0, undefined),
  },
};
