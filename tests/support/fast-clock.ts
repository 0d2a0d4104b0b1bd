import { systemClock, type Clock } from "#kernel/clock.ts";

/** Real time, only faster: what waits for minutes is over in seconds. */
export function fastClock(speed: number): Clock {
  const startedAt = systemClock.monotonic();
  const epoch = systemClock.now();
  const monotonic = (): number => (systemClock.monotonic() - startedAt) * speed;
  return {
    now: () => epoch + monotonic(),
    monotonic,
    setTimer: (delayMs, run) => systemClock.setTimer(delayMs / speed, run),
  };
}
