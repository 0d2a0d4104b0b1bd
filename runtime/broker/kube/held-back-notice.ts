import type { Clock } from "#kernel/clock.ts";
import type { Logger } from "#observability/logger.ts";

/** client-go: `extraLongThrottleLatency` of rest/request.go. */
const LONG_WAIT_MS = 1_000;
const QUIET_MS = 60_000;

/** Says, at most once a minute, that a handler asks for more than its pace allows. Returns who is to be told each wait. */
export function heldBackNotice(clock: Clock, logger: Logger, handler: string): (waitedMs: number) => void {
  let quietUntilMs = -Infinity;
  return (waitedMs) => {
    const nowMs = clock.monotonic();
    if (waitedMs < LONG_WAIT_MS || nowMs < quietUntilMs) return;
    quietUntilMs = nowMs + QUIET_MS;
    logger.warn("kube calls held back", { handler, waitedMs: Math.round(waitedMs) });
  };
}
