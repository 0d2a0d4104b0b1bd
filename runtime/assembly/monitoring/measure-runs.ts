import type { Cause, DispatchObserver, Outcome, Verdict } from "#dispatch/ports.ts";
import type { Clock } from "#kernel/clock.ts";
import type { HandlerMetrics, RunOutcome } from "#observability/metrics/handler-metrics.ts";

/** Of these a handler hears because something has just become so; the others repeat what it could have heard long ago. */
const NEWS: ReadonlySet<Cause> = new Set<Cause>(["initial", "live", "relist", "missed", "selected"]);

const OUTCOMES = {
  done: "done",
  skipped: "skipped",
  failed: "failed",
  permanent: "failed",
  timedOut: "timed_out",
  crashed: "crashed",
} as const satisfies Readonly<Record<Exclude<Outcome["type"], "innocent">, RunOutcome>>;

/** The runs of one handler as metrics. `handler` gives its present id; what ends after its removal is not counted. */
export function measureRuns(metrics: HandlerMetrics, clock: Clock, handler: () => string): Partial<DispatchObserver> {
  return {
    started({ delivery: { attempt, cause, observedAt } }) {
      if (attempt === 1 && NEWS.has(cause)) metrics.get(handler())?.began(clock.now() - observedAt);
    },
    ended({ delivery: { cause } }, outcome, verdict, durationMs) {
      const ended = runOutcome(outcome, verdict);
      const series = metrics.get(handler());
      if (!series || !ended) return;
      series.ended(ended, cause, durationMs);
      if (verdict.type === "retry") series.retried();
    },
    deadLetter: () => metrics.get(handler())?.deadLetter(),
    forgotten: () => metrics.get(handler())?.objectForgotten(),
  };
}

/** `undefined`: it was cut short for another one's sake, and begins anew. */
function runOutcome({ type }: Outcome, verdict: Verdict): RunOutcome | undefined {
  if (type === "innocent") return undefined;
  return verdict.type === "dead" ? "dead" : OUTCOMES[type];
}
