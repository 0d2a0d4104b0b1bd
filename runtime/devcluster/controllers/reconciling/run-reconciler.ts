import type { Clock } from "#kernel/clock.ts";
import type { Change } from "../../storage/change.ts";
import type { ClusterClient } from "./cluster-client.ts";
import { isConflict, isRefusal, isTerminating } from "./refusals.ts";
import { WorkQueue } from "./work-queue.ts";

/** What every controller works with. */
export interface ControllerParts {
  readonly client: ClusterClient;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (problem: ControllerProblem) => void;
}

/** Something that a controller could not do. It tries again as long as there is a point. */
export interface ControllerProblem {
  readonly controller: string;
  readonly key: string;
  readonly error: unknown;
}

/** Brings what is so closer to what should be so, key by key (client-go's controllers). */
export interface Reconciler {
  readonly name: string;
  /** Which resources it looks at: `pods`, `deployments.apps`. Without it, all of them. */
  readonly watches?: readonly string[];
  /** Which keys a change concerns. What exists at the start comes as ADDED. Must not write. */
  readonly keysOf: (change: Observed) => Iterable<string>;
  /** Returns after how many milliseconds to look again, if it has to. What it throws is reported and tried again. */
  readonly reconcile: (key: string) => number | undefined;
  /** It does what people ask for, which the server may refuse: that is theirs to see, and no problem. @default false */
  readonly mayBeRefused?: boolean;
}

export type Observed = Pick<Change, "type" | "storage" | "object" | "previous">;

/** A problem that stays is reported so often, then waits for the next change of the key. */
const ATTEMPTS = 8;

/** Runs it until the signal aborts. */
export function runReconciler(
  { client, clock, report }: ControllerParts,
  { name, watches, keysOf, reconcile, mayBeRefused = false }: Reconciler,
  signal: AbortSignal,
): void {
  if (signal.aborted) return;
  const queue = new WorkQueue({
    clock,
    work: reconcile,
    failed(key, error, failures) {
      if (isTerminating(error)) return false;
      // Whatever it was refused for can come to be, and nobody would tell.
      if (mayBeRefused && isRefusal(error)) return true;
      if (!isConflict(error)) report({ controller: name, key, error });
      return failures < ATTEMPTS;
    },
  });
  const observe = (change: Observed): void => {
    if (watches && !watches.includes(change.storage)) return;
    for (const key of keysOf(change)) queue.add(key);
  };

  const stopFollowing = client.follow(observe);
  for (const storage of watches ?? client.resources().map((resource) => resource.storage))
    for (const object of client.list(storage)) observe({ type: "ADDED", storage, object, previous: undefined });
  signal.addEventListener(
    "abort",
    () => {
      stopFollowing();
      queue.stop();
    },
    { once: true },
  );
}
