/** Keeps one pod of each DaemonSet on the node. */
import { elementsOf, type JsonRecord } from "#kernel/json-value.ts";
import { parseKey } from "#resources/object-key.ts";
import { keyOf, type ApiObject } from "../api-object.ts";
import type { ClusterClient } from "../controllers/reconciling/cluster-client.ts";
import { runReconciler, type ControllerParts } from "../controllers/reconciling/run-reconciler.ts";
import { nonZero, updateStatus } from "../controllers/reconciling/update-status.ts";
import { recordAt } from "../record-at.ts";
import { NODE_NAME } from "./node/cluster-node.ts";
import { hashOf, keepRevisions, podRevision, REVISION_HASH } from "./workloads/controller-revisions.ts";
import { ownedObjects } from "./workloads/owned-objects.ts";
import { hasEnded, isActive, isReady } from "./workloads/pod-facts.ts";
import { podFromTemplate } from "./workloads/pod-from-template.ts";
import { podOwners } from "./workloads/pod-owners.ts";
import { selectsItsPods } from "./workloads/workload-spec.ts";

const RESOURCE = "daemonsets.apps";

export function startDaemonSets(parts: ControllerParts, signal: AbortSignal): void {
  const { client } = parts;
  runReconciler(
    parts,
    {
      name: "daemonsets",
      mayBeRefused: true,
      watches: [RESOURCE, "pods", "nodes"],
      keysOf: (change) =>
        change.storage === "nodes"
          ? client.list(RESOURCE).map(keyOf)
          : podOwners(client, change, { resource: RESOURCE, kind: "DaemonSet" }),
      reconcile(key) {
        const set = client.get(RESOURCE, parseKey(key));
        if (!set || set.metadata.deletionTimestamp !== undefined || !selectsItsPods(set)) return undefined;
        const pods = ownedObjects(client, set, "pods");
        const hash = hashOfUpdate(client, set, pods);
        if (hash === undefined) return undefined;
        advance(client, set, { pods, hash });
        report(client, set, hash);
        return undefined;
      },
    },
    signal,
  );
}

function hashOfUpdate(client: ClusterClient, set: ApiObject, pods: readonly ApiObject[]): string | undefined {
  const revisions = keepRevisions(client, set, new Set(pods.map(podRevision)));
  return revisions && hashOf(revisions.update);
}

function advance(
  client: ClusterClient,
  set: ApiObject,
  { pods, hash }: { readonly pods: readonly ApiObject[]; readonly hash: string },
): void {
  const wanted = isWanted(client, set) ? 1 : 0;
  const living = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  for (const pod of living.filter(hasEnded)) client.delete("pods", pod);
  const active = living.filter(isActive);
  for (const pod of active.slice(wanted)) client.delete("pods", pod);
  if (pods.length < wanted) client.create("pods", daemonPod(set, hash));
  const isRolling = recordAt(set, "spec", "updateStrategy")["type"] !== "OnDelete";
  for (const pod of isRolling ? active.slice(0, wanted) : []) if (podRevision(pod) !== hash) client.delete("pods", pod);
}

function isWanted(client: ClusterClient, set: ApiObject): boolean {
  const node = client.get("nodes", { namespace: "", name: NODE_NAME });
  const selector = recordAt(set, "spec", "template", "spec", "nodeSelector");
  return (
    node !== undefined && Object.entries(selector).every(([label, value]) => node.metadata.labels?.[label] === value)
  );
}

function daemonPod(set: ApiObject, hash: string): ReturnType<typeof podFromTemplate> {
  const labels = { ...recordAt(set, "spec", "template", "metadata", "labels"), [REVISION_HASH]: hash };
  const pod = podFromTemplate(set, { labels });
  const spec = recordAt(pod, "spec");
  return {
    ...pod,
    spec: { ...spec, affinity: onlyOnNode(spec), tolerations: [...elementsOf(spec, "tolerations"), ...TOLERATIONS] },
  };
}

function onlyOnNode(spec: JsonRecord): JsonRecord {
  const matchFields = [{ key: "metadata.name", operator: "In", values: [NODE_NAME] }];
  const required = { nodeSelectorTerms: [{ matchFields }] };
  return { ...recordAt(spec, "affinity"), nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } };
}

/** A daemon stays whatever happens to its node. */
const TOLERATIONS = [
  ["node.kubernetes.io/not-ready", "NoExecute"],
  ["node.kubernetes.io/unreachable", "NoExecute"],
  ["node.kubernetes.io/disk-pressure", "NoSchedule"],
  ["node.kubernetes.io/memory-pressure", "NoSchedule"],
  ["node.kubernetes.io/pid-pressure", "NoSchedule"],
  ["node.kubernetes.io/unschedulable", "NoSchedule"],
].map(([key, effect]) => ({ key, operator: "Exists", effect }));

function report(client: ClusterClient, set: ApiObject, hash: string): void {
  const pods = ownedObjects(client, set, "pods").filter(isActive);
  const desired = isWanted(client, set) ? 1 : 0;
  const scheduled = pods.slice(0, desired);
  const ready = scheduled.filter(isReady).length;
  updateStatus(client, RESOURCE, set, {
    currentNumberScheduled: scheduled.length,
    desiredNumberScheduled: desired,
    numberMisscheduled: pods.length - scheduled.length,
    numberReady: ready,
    ...nonZero({
      observedGeneration: set.metadata.generation,
      updatedNumberScheduled: scheduled.filter((pod) => podRevision(pod) === hash).length,
      numberAvailable: ready,
      numberUnavailable: desired - ready,
    }),
  });
}
