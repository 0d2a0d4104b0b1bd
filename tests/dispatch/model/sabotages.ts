import type { RawObject } from "#resources/raw-object.ts";
import type { Sabotage } from "./sabotage.ts";

/** Bugs that a dispatcher could have, each named by what it does wrong. */
export const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  "tells old from the cache instead of what was finished": {
    run: (run, { previous }) => ({
      ...run,
      delivery: {
        ...run.delivery,
        old: run.delivery.old && (previous.get(run.delivery.object.key) ?? run.delivery.old),
      },
    }),
  },
  "forgets what arrives during a run": {
    change: (change, { runs }) =>
      runs.some(({ delivery }) => delivery.object.key === change.key) ? undefined : change,
  },
  "moves what was finished although the run failed": {
    outcome: (outcome) => (outcome.type === "failed" ? { type: "done" } : outcome),
  },
  "loses a requeue": {
    outcome: (outcome) => (outcome.type === "done" ? { type: "done" } : outcome),
  },
  "tells unselected as deleted": {
    run: (run) => {
      const { delivery } = run;
      return delivery.type === "unselected" ? { ...run, delivery: { ...delivery, type: "deleted" } } : run;
    },
  },
  "tells a new uid as updated": {
    change: (change) => {
      const { before, after } = change;
      return before && after ? { ...change, after: withUid(after, before.uid) } : change;
    },
  },
  "ignores older resourceVersions": {
    change: (change) => {
      const { before, after } = change;
      const isOlder = before && after && Number(after.resourceVersion) < Number(before.resourceVersion);
      return isOlder && after.uid === before.uid ? undefined : change;
    },
  },
  "keeps a dead letter parked when a newer version comes": {
    change: (change, { slots }) =>
      slots.some(({ key, phase }) => key === change.key && phase.type === "parked") ? undefined : change,
  },
  "makes a dead letter one attempt too early": {
    options: (options) => ({ ...options, retry: { ...options.retry, attempts: options.retry.attempts - 1 } }),
  },
  "charges innocent runs": {
    outcome: (outcome) =>
      outcome.type === "innocent" ? { type: "crashed", error: { name: "", message: "", stack: "" } } : outcome,
  },
  "finishes a difference silently that the handler listens to": {
    options: (options) => ({ ...options, changed: ["nothing"] }),
  },
  "runs what should be finished silently": {
    options: (options) => ({ ...options, changed: [] }),
  },
  "runs more than the concurrency": {
    options: (options) => ({ ...options, concurrency: options.concurrency + 1 }),
  },
  oversleeps: {
    clock: (clock) => ({
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      setTimer: (delayMs, run) => clock.setTimer(delayMs + 60_000, run),
    }),
  },
  "loses a wake-up": {
    clock: (clock) => ({
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      setTimer: (delayMs, run) => (delayMs > 10_000 ? { cancel: () => {} } : clock.setTimer(delayMs, run)),
    }),
  },
  "starts a retry too early": {
    outcome: (outcome) => (outcome.type === "failed" ? { ...outcome, retryAfterMs: 0 } : outcome),
  },
  "forgets objects that a reload brings into scope": {
    options: (options) => ({ ...options, initial: "skip" }),
  },
  "ignores that a reload shrank the scope": {
    options: (options) => ({ ...options, selector: { matches: () => true } }),
  },
  "does not compare with the new informer": { reloadsKeepTheView: true },
  "tells everything again after a reload": { reloadsMeetEverything: true },
};

function withUid(object: RawObject, uid: string): RawObject {
  const { key, namespace, name, resourceVersion, labels, ownerUids } = object;
  return { key, namespace, name, uid, resourceVersion, labels, ownerUids, bytes: () => object.bytes() };
}
