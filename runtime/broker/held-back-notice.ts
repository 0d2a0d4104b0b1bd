import type { Clock } from "#kernel/clock.ts";

const QUIET_MS = 60_000;

interface HeldBack {
  readonly clock: Clock;
  /** A shorter wait is not worth a word. */
  readonly longWaitMs: number;
  /** Logs it. */
  readonly say: (waitedMs: number) => void;
}

/** Says, at most once a minute, that a handler asks for more than its pace allows. Returns who is to be told each wait. */
export function heldBackNotice({ clock, longWaitMs, say }: HeldBack): (waitedMs: number) => void {
  let quietUntilMs = -Infinity;
  return (waitedMs) => {
    const nowMs = clock.monotonic();
    if (waitedMs < longWaitMs || nowMs < quietUntilMs) return;
    quietUntilMs = nowMs + QUIET_MS;
    say(Math.round(waitedMs));
  };
}
