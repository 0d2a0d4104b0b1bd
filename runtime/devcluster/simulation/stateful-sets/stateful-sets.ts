/** Keeps the pods of StatefulSets, in order. Their claims are created and stay Pending: there are no volumes. */
import { fieldOf, numberOf, textOf } from "#kernel/json-value.ts";
import { parseKey } from "#resources/object-key.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { runReconciler, type ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { nonZero, updateStatus } from "../../controllers/reconciling/update-status.ts";
import { recordAt } from "../../record-at.ts";
import { keepRevisions, podRevision, type Revisions } from "../workloads/controller-revisions.ts";
import { ownedObjects } from "../workloads/owned-objects.ts";
import { hasEnded, isReady } from "../workloads/pod-facts.ts";
import { podOwners } from "../workloads/pod-owners.ts";
import { createOrdinal, ordinalOf } from "./stateful-pod.ts";
import { selectsItsPods, replicasOf } from "../workloads/workload-spec.ts";

const RESOURCE = "statefulsets.apps";

export function startStatefulSets(parts: ControllerParts, signal: AbortSignal): void {
  const { client } = parts;
  runReconciler(
    parts,
    {
      name: "statefulsets",
      mayBeRefused: true,
      watches: [RESOURCE, "pods"],
      keysOf: (change) => podOwners(client, change, { resource: RESOURCE, kind: "StatefulSet" }),
      reconcile(key) {
        const set = client.get(RESOURCE, parseKey(key));
        if (!set || set.metadata.deletionTimestamp !== undefined || !selectsItsPods(set)) return undefined;
        const pods = podsOf(client, set);
        const revisions = keepRevisions(client, set, new Set([currentRevision(set), ...pods.map(podRevision)]));
        if (!revisions) return undefined;
        advance(client, set, { pods, revisions });
        report(client, set, revisions);
        return undefined;
      },
    },
    signal,
  );
}

interface Seen {
  /** By ordinal. */
  readonly pods: readonly ApiObject[];
  readonly revisions: Revisions;
}

/** One step: what is missing first, then what is too much, then what is out of date. In order each waits for the one before. */
function advance(client: ClusterClient, set: ApiObject, { pods, revisions }: Seen): void {
  const isOrdered = textOf(set["spec"], "podManagementPolicy") !== "Parallel";
  const first = numberOf(recordAt(set, "spec", "ordinals"), "start") ?? 0;
  const end = first + replicasOf(set);
  for (let ordinal = first; ordinal < end; ordinal++) {
    const pod = pods.find((each) => ordinalOf(each) === ordinal);
    if (!pod) createOrdinal(client, set, { ordinal, revisions, current: currentRevision(set) });
    else if (hasEnded(pod) && pod.metadata.deletionTimestamp === undefined) client.delete("pods", pod);
    if (isOrdered && !(pod && isSettled(pod))) return;
  }
  const surplus = pods.filter((pod) => ordinalOf(pod) < first || ordinalOf(pod) >= end).toReversed();
  for (const pod of surplus) {
    if (pod.metadata.deletionTimestamp === undefined) client.delete("pods", pod);
    if (isOrdered) return;
  }
  replaceOutdated(client, set, { pods, revisions });
}

/** The highest ordinal first, one at a time. */
function replaceOutdated(client: ClusterClient, set: ApiObject, { pods, revisions }: Seen): void {
  const strategy = recordAt(set, "spec", "updateStrategy");
  if (strategy["type"] === "OnDelete") return;
  const partition = numberOf(fieldOf(strategy, "rollingUpdate"), "partition") ?? 0;
  for (const pod of pods.toReversed()) {
    if (ordinalOf(pod) < partition) return;
    const isCurrent = podRevision(pod) === revisions.update.metadata.name;
    if (!isCurrent && pod.metadata.deletionTimestamp === undefined) client.delete("pods", pod);
    if (!isCurrent || !isSettled(pod)) return;
  }
}

function isSettled(pod: ApiObject): boolean {
  return isReady(pod) && pod.metadata.deletionTimestamp === undefined;
}

function report(client: ClusterClient, set: ApiObject, { update }: Revisions): void {
  const pods = podsOf(client, set).filter((pod) => !hasEnded(pod));
  const living = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const updated = living.filter((pod) => podRevision(pod) === update.metadata.name);
  const ready = pods.filter(isReady);
  const isComplete = updated.length === pods.length && ready.length === replicasOf(set);
  const current = isComplete ? update.metadata.name : currentRevision(set) || update.metadata.name;
  updateStatus(client, RESOURCE, set, {
    ...nonZero({
      observedGeneration: set.metadata.generation,
      readyReplicas: ready.length,
      currentReplicas: living.filter((pod) => podRevision(pod) === current).length,
      updatedReplicas: updated.length,
    }),
    replicas: pods.length,
    availableReplicas: ready.length,
    currentRevision: current,
    updateRevision: update.metadata.name,
    collisionCount: 0,
  });
}

function currentRevision({ status }: ApiObject): string {
  return textOf(status, "currentRevision") ?? "";
}

function podsOf(client: ClusterClient, set: ApiObject): readonly ApiObject[] {
  return ownedObjects(client, set, "pods").toSorted((a, b) => ordinalOf(a) - ordinalOf(b));
}
