import type { Backlog } from "./backlog.ts";
import { sameVersion } from "./difference.ts";
import type { Outcome, Verdict } from "./ports.ts";
import type { Schedule } from "./schedule.ts";
import type { ActiveRun } from "./slot.ts";

/** What the end of a run is judged by. */
export interface Circumstances {
  readonly backlog: Backlog;
  readonly schedule: Schedule;
  /** Monotonic milliseconds. */
  readonly now: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Of the handler's code that serves now. */
  readonly revision: number;
  /** The handler fails as a whole: attempts are not charged. */
  readonly isFailing: boolean;
}

/** Moves the slot of a run that has ended. What it does next is settled afterwards. */
export function conclude(run: ActiveRun, outcome: Outcome, around: Circumstances): Verdict {
  if (run.forgotten) return { type: "forgotten" };
  if (outcome.type === "done" || outcome.type === "skipped") return succeed(run, outcome, around);
  if (outcome.type === "permanent") return bury(run, around);
  return tryAgain(run, outcome, around);
}

function succeed(
  { slot, coversRepeat, delivery }: ActiveRun,
  outcome: Extract<Outcome, { type: "done" | "skipped" }>,
  { backlog, now }: Circumstances,
): Verdict {
  slot.startOver();
  if (outcome.type === "done" || coversRepeat) slot.again = undefined;
  if (outcome.type === "done" && outcome.requeueAfterMs !== undefined) {
    slot.again = { cause: "requeue", at: now + outcome.requeueAfterMs };
  }
  backlog.finished(slot, delivery.type, delivery.object);
  return { type: "finished" };
}

/** A failed run changes nothing but time. A run of replaced code says nothing about the code that serves now. */
function tryAgain(
  run: ActiveRun,
  outcome: Extract<Outcome, { type: "failed" | "timedOut" | "crashed" | "innocent" }>,
  around: Circumstances,
): Verdict {
  const { slot } = run;
  const { now, revision, isFailing, random, backlog } = around;
  const { attempts, backoffMs, maxBackoffMs } = backlog.options.retry;
  const retryAfterMs = outcome.type === "failed" ? outcome.retryAfterMs : undefined;
  if (run.revision !== revision) slot.startOver();
  else if (outcome.type === "innocent") slot.notBefore = 0;
  else if (isFailing) slot.notBefore = retryAfterMs === undefined ? 0 : now + retryAfterMs;
  else if (slot.attempt >= attempts) return bury(run, around);
  else {
    const longestMs = Math.min(maxBackoffMs, backoffMs * 2 ** (slot.attempt - 1));
    slot.notBefore = now + (retryAfterMs ?? random() * longestMs);
    slot.attempt++;
  }
  if (run.tellsDifference) slot.cause = run.delivery.cause;
  return { type: "retry", attempt: slot.attempt, inMs: Math.max(0, slot.notBefore - now) };
}

/** A dead letter parks the difference, not the object: only if nothing newer has come, and something newer can come. */
function bury(run: ActiveRun, { backlog, schedule }: Circumstances): Verdict {
  const { slot } = run;
  slot.again = undefined;
  slot.startOver();
  const { head } = slot;
  const isNewest = head !== undefined && head.gone === run.ofGone && sameVersion(head.newest, run.delivery.object);
  if (run.tellsDifference && isNewest) {
    if (head.gone) backlog.leave(slot);
    else schedule.move(slot, { type: "parked" });
  }
  return { type: "dead" };
}
