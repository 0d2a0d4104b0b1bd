/** `node:process` without a single fact about the host. */
export const builtIn = {
  env: {},
  argv: [] as readonly string[],
  execArgv: [] as readonly string[],
  arch: "none",
  platform: "linux",
  pid: 1,
  ppid: 0,
  title: "handler",
  version: "v26.0.0",
  versions: {},
  release: {},
  browser: true,
  cwd: (): string => "/",
  uptime: (): number => 0,
  hrtime: Object.assign(
    (): readonly [number, number] => [
      Math.floor(performance.now() / 1_000),
      Math.floor((performance.now() % 1_000) * 1e6),
    ],
    { bigint: (): bigint => BigInt(Math.floor(performance.now() * 1e6)) },
  ),
  nextTick: (run: (...args: unknown[]) => void, ...args: unknown[]): void => queueMicrotask(() => run(...args)),
  emitWarning: (): void => {},
  on: (): void => {},
  once: (): void => {},
  off: (): void => {},
};
