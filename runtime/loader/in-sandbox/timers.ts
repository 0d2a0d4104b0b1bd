/** `node:timers`: the sandbox's own timers. */
type Callback = (...args: unknown[]) => void;

export const builtIn = {
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  setImmediate: (run: Callback, ...args: unknown[]): unknown => setTimeout(run, 0, ...args),
  clearImmediate: (timer: ReturnType<typeof setTimeout>): void => clearTimeout(timer),
};
