import type { Clock } from "#kernel/clock.ts";
import type { Logger } from "#observability/logger.ts";

const QUIET_MS = 60_000;

interface HeldBack {
  /** The name of the record: `kube calls held back`. */
  readonly record: string;
  /** A shorter wait is not worth a word. */
  readonly longWaitMs: number;
}

/** Says, at most once a minute, that a handler asks for more than its pace allows. Returns who is to be told each wait. */
export function heldBackNotice(
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  handler: string,
  { record, longWaitMs }: HeldBack,
): (waitedMs: number) => void {
  let quietUntilMs = -Infinity;
  return (waitedMs) => {
    const nowMs = clock.monotonic();
    if (waitedMs < longWaitMs || nowMs < quietUntilMs) return;
    quietUntilMs = nowMs + QUIET_MS;
    logger.warn(record, { handler, waitedMs: Math.round(waitedMs) });
  };
}
