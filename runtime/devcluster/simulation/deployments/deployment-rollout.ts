import { fieldOf, numberOf } from "#kernel/json-value.ts";
import { withMetadata, type ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { recordAt } from "../../record-at.ts";
import { DESIRED_REPLICAS, ensureNewest, MAX_REPLICAS, newestOf, withRevision } from "./deployment-revisions.ts";
import { controlledBy } from "../workloads/pod-facts.ts";
import { replicasOf } from "./replica-sets.ts";
import { nextReplicas, rolloutLimits, type Replicas, type RolloutLimits } from "./rolling-update.ts";

const REPLICA_SETS = "replicasets.apps";
const NONE: Replicas = { replicas: 0, available: 0 };

/** Takes a Deployment one step at a time towards what it wants. */
export class DeploymentRollout {
  readonly #client: ClusterClient;
  readonly #deployment: ApiObject;
  readonly #sets: readonly ApiObject[];
  readonly #limits: RolloutLimits;

  constructor(client: ClusterClient, deployment: ApiObject, sets: readonly ApiObject[]) {
    this.#client = client;
    this.#deployment = deployment;
    this.#sets = sets;
    this.#limits = rolloutLimits(replicasOf(deployment), recordAt(deployment, "spec", "strategy", "rollingUpdate"));
  }

  /** One step towards what the Deployment wants. Returns the Deployment as it is then. */
  advance(): ApiObject {
    const isPaused = fieldOf(this.#deployment["spec"], "paused") === true;
    if (isPaused) return this.#scaleOnly();
    const isRecreated = recordAt(this.#deployment, "spec", "strategy")["type"] === "Recreate";
    return isRecreated ? this.#recreate() : this.#roll();
  }

  #roll(): ApiObject {
    const old = this.#old();
    const first = nextReplicas(this.#limits, NONE, old.map(countsOf)).newest;
    const newest = this.#ensureNewest(first);
    if (!newest) return this.#deployment;
    const next = nextReplicas(this.#limits, countsOf(newest), old.map(countsOf));
    this.#scale(newest, next.newest);
    for (const [i, set] of old.entries()) this.#scale(set, next.old[i] ?? 0);
    this.#forgetOld(newest, old);
    return withRevision(this.#client, this.#deployment, newest);
  }

  /** Nothing new before everything old has ended. */
  #recreate(): ApiObject {
    const old = this.#old();
    for (const set of old) this.#scale(set, 0);
    const isRunning = this.#client
      .list("pods", this.#deployment.metadata.namespace)
      .some((pod) => old.some((set) => controlledBy(set)(pod)));
    if (isRunning && !newestOf(this.#deployment, this.#sets)) return this.#deployment;
    const newest = this.#ensureNewest(this.#limits.desired);
    if (!newest) return this.#deployment;
    this.#scale(newest, this.#limits.desired);
    this.#forgetOld(newest, old);
    return withRevision(this.#client, this.#deployment, newest);
  }

  #ensureNewest(replicas: number): ApiObject | undefined {
    const beginning = { replicas, annotations: this.#sizes() };
    return ensureNewest(this.#client, this.#deployment, this.#sets, beginning);
  }

  #scaleOnly(): ApiObject {
    const active = this.#sets.filter((set) => replicasOf(set) > 0);
    const only = active.length === 1 ? active[0] : active.length === 0 ? this.#sets.at(-1) : undefined;
    if (only) this.#scale(only, this.#limits.desired);
    return this.#deployment;
  }

  #old(): readonly ApiObject[] {
    const newest = newestOf(this.#deployment, this.#sets);
    return this.#sets.filter((set) => set !== newest);
  }

  #scale(set: ApiObject, replicas: number): void {
    const sizes = this.#sizes();
    const isSame =
      replicasOf(set) === replicas && set.metadata.annotations?.[DESIRED_REPLICAS] === sizes[DESIRED_REPLICAS];
    if (isSame || (replicas === 0 && replicasOf(set) === 0)) return;
    const annotations = { ...set.metadata.annotations, ...sizes };
    this.#client.update(REPLICA_SETS, {
      ...withMetadata(set, { annotations }),
      spec: { ...recordAt(set, "spec"), replicas },
    });
  }

  /** What a ReplicaSet knows of the whole. */
  #sizes(): Readonly<Record<string, string>> {
    const { desired, maxSurge } = this.#limits;
    return { [DESIRED_REPLICAS]: String(desired), [MAX_REPLICAS]: String(desired + maxSurge) };
  }

  /** Keeps as many old revisions as the Deployment wants to go back to. */
  #forgetOld(newest: ApiObject, old: readonly ApiObject[]): void {
    const { desired } = this.#limits;
    if (countsOf(newest).available < desired) return;
    const limit = numberOf(this.#deployment["spec"], "revisionHistoryLimit") ?? 10;
    const isIdle = (set: ApiObject): boolean => replicasOf(set) === 0 && !numberOf(set["status"], "replicas");
    for (const set of old.slice(0, Math.max(0, old.length - limit)))
      if (isIdle(set) && set.metadata.deletionTimestamp === undefined) this.#client.delete(REPLICA_SETS, set);
  }
}

function countsOf(set: ApiObject): Replicas {
  return { replicas: replicasOf(set), available: numberOf(set["status"], "availableReplicas") ?? 0 };
}
