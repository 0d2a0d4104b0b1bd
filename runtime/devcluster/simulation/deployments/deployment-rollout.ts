import { fieldOf, numberOf } from "#kernel/json-value.ts";
import { withMetadata, type ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { recordAt } from "../../record-at.ts";
import { ensureNewest, newestOf, withRevision } from "./deployment-revisions.ts";
import { DESIRED_REPLICAS, MAX_REPLICAS } from "./revision-annotations.ts";
import { nextReplicas, rolloutLimits, type Replicas, type RolloutLimits } from "./rolling-update.ts";
import { controlledBy } from "../workloads/controller-reference.ts";
import { replicasOf } from "../workloads/workload-spec.ts";

const REPLICA_SETS = "replicasets.apps";
const NONE: Replicas = { replicas: 0, available: 0 };

/** What one step of a rollout is decided from. */
interface Rollout {
  readonly client: ClusterClient;
  readonly deployment: ApiObject;
  /** The newest, if there is one, and the others. */
  readonly sets: readonly ApiObject[];
  readonly limits: RolloutLimits;
}

/** One step towards what the Deployment wants. Returns the Deployment as it is then. @param sets the oldest first */
export function advanceRollout(client: ClusterClient, deployment: ApiObject, sets: readonly ApiObject[]): ApiObject {
  const strategy = recordAt(deployment, "spec", "strategy");
  const limits = rolloutLimits(replicasOf(deployment), recordAt(strategy, "rollingUpdate"));
  const rollout = { client, deployment, sets, limits };
  const isPaused = fieldOf(deployment["spec"], "paused") === true;
  if (isPaused) return scaleOnly(rollout);
  return strategy["type"] === "Recreate" ? recreate(rollout) : roll(rollout);
}

function roll(rollout: Rollout): ApiObject {
  const { client, deployment, limits } = rollout;
  const old = oldOf(rollout);
  const first = nextReplicas(limits, NONE, old.map(countsOf)).newest;
  const newest = ensureNewestOf(rollout, first);
  if (!newest) return deployment;
  const next = nextReplicas(limits, countsOf(newest), old.map(countsOf));
  scale(rollout, newest, next.newest);
  for (const [i, set] of old.entries()) scale(rollout, set, next.old[i] ?? 0);
  forgetOld(rollout, newest, old);
  return withRevision(client, deployment, newest);
}

/** Nothing new before everything old has ended. */
function recreate(rollout: Rollout): ApiObject {
  const { client, deployment, sets, limits } = rollout;
  const old = oldOf(rollout);
  for (const set of old) scale(rollout, set, 0);
  const isRunning = client
    .list("pods", deployment.metadata.namespace)
    .some((pod) => old.some((set) => controlledBy(set)(pod)));
  if (isRunning && !newestOf(deployment, sets)) return deployment;
  const newest = ensureNewestOf(rollout, limits.desired);
  if (!newest) return deployment;
  scale(rollout, newest, limits.desired);
  forgetOld(rollout, newest, old);
  return withRevision(client, deployment, newest);
}

function scaleOnly(rollout: Rollout): ApiObject {
  const { deployment, sets, limits } = rollout;
  const active = sets.filter((set) => replicasOf(set) > 0);
  const only = active.length === 1 ? active[0] : active.length === 0 ? sets.at(-1) : undefined;
  if (only) scale(rollout, only, limits.desired);
  return deployment;
}

function ensureNewestOf(rollout: Rollout, replicas: number): ApiObject | undefined {
  const { client, deployment, sets, limits } = rollout;
  return ensureNewest(client, deployment, sets, { replicas, annotations: sizes(limits) });
}

function oldOf({ deployment, sets }: Rollout): readonly ApiObject[] {
  const newest = newestOf(deployment, sets);
  return sets.filter((set) => set !== newest);
}

function scale({ client, limits }: Rollout, set: ApiObject, replicas: number): void {
  const annotations = { ...set.metadata.annotations, ...sizes(limits) };
  const isSame =
    replicasOf(set) === replicas && set.metadata.annotations?.[DESIRED_REPLICAS] === annotations[DESIRED_REPLICAS];
  if (isSame || (replicas === 0 && replicasOf(set) === 0)) return;
  client.update(REPLICA_SETS, {
    ...withMetadata(set, { annotations }),
    spec: { ...recordAt(set, "spec"), replicas },
  });
}

/** What a ReplicaSet knows of the whole. */
function sizes({ desired, maxSurge }: RolloutLimits): Readonly<Record<string, string>> {
  return { [DESIRED_REPLICAS]: String(desired), [MAX_REPLICAS]: String(desired + maxSurge) };
}

/** Keeps as many old revisions as the Deployment wants to go back to. */
function forgetOld({ client, deployment, limits }: Rollout, newest: ApiObject, old: readonly ApiObject[]): void {
  if (countsOf(newest).available < limits.desired) return;
  const limit = numberOf(deployment["spec"], "revisionHistoryLimit") ?? 10;
  const isIdle = (set: ApiObject): boolean => replicasOf(set) === 0 && !numberOf(set["status"], "replicas");
  for (const set of old.slice(0, Math.max(0, old.length - limit)))
    if (isIdle(set) && set.metadata.deletionTimestamp === undefined) client.delete(REPLICA_SETS, set);
}

function countsOf(set: ApiObject): Replicas {
  return { replicas: replicasOf(set), available: numberOf(set["status"], "availableReplicas") ?? 0 };
}
