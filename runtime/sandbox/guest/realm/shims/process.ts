/** `process` without a single fact about the machine: packages look for variables and for what they run on. */
export function createProcess(now: () => number) {
  const parts = (ms: number): readonly [seconds: number, nanoseconds: number] => [
    Math.floor(ms / 1000),
    Math.floor((ms % 1000) * 1e6),
  ];
  const startedAt = now();
  const hrtime = (since?: readonly [number, number]): readonly [number, number] => {
    const [seconds, nanoseconds] = parts(now());
    if (!since) return [seconds, nanoseconds];
    const before = nanoseconds < since[1];
    return [seconds - since[0] - (before ? 1 : 0), nanoseconds - since[1] + (before ? 1e9 : 0)];
  };
  const ignore = (): object => process;
  const process = {
    env: {},
    argv: [],
    execArgv: [],
    arch: "none",
    platform: "linux",
    pid: 1,
    ppid: 0,
    title: "handler",
    version: "v26.0.0",
    versions: {},
    release: {},
    features: {},
    browser: true,
    cwd: () => "/",
    uptime: () => (now() - startedAt) / 1000,
    hrtime: Object.assign(hrtime, { bigint: () => BigInt(Math.floor(now() * 1e6)) }),
    nextTick: (run: (...args: unknown[]) => void, ...args: unknown[]): void => queueMicrotask(() => run(...args)),
    emitWarning: () => {},
    on: ignore,
    once: ignore,
    off: ignore,
    addListener: ignore,
    removeListener: ignore,
    removeAllListeners: ignore,
    emit: () => false,
    listeners: () => [],
    listenerCount: () => 0,
  };
  return process;
}
