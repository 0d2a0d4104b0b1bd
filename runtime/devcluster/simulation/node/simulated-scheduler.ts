import { elementsOf, fieldOf, textOf } from "#kernel/json-value.ts";
import { parseKey } from "#resources/object-key.ts";
import { keyOf, type ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { conditionsWith } from "../../controllers/reconciling/conditions.ts";
import { runReconciler, type ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { updateStatus } from "../../controllers/reconciling/update-status.ts";
import { recordAt } from "../../record-at.ts";
import { NODE_NAME } from "./cluster-node.ts";
import { isOnNode } from "../workloads/pod-facts.ts";
import { timestamp } from "../../timestamp.ts";

/** Puts pods on the node, unless it is cordoned or their node selector does not mean it. Nothing else is looked at. */
export function startSimulatedScheduler(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  runReconciler(
    parts,
    {
      name: "simulated-scheduler",
      watches: ["pods", "nodes"],
      keysOf({ storage, type, object }) {
        if (storage === "nodes") return client.list("pods").filter(isWaiting).map(keyOf);
        return type !== "DELETED" && isWaiting(object) ? [keyOf(object)] : [];
      },
      reconcile(key) {
        const pod = client.get("pods", parseKey(key));
        if (!pod || !isWaiting(pod)) return undefined;
        const problem = problemOf(client, pod);
        if (problem === undefined) {
          const { name } = pod.metadata;
          client.post("pods", pod, "binding", { metadata: { name }, target: { kind: "Node", name: NODE_NAME } });
          return undefined;
        }
        const unschedulable = {
          type: "PodScheduled",
          status: "False",
          reason: "Unschedulable",
          message: problem,
        } as const;
        const conditions = conditionsWith(pod, [unschedulable], timestamp(clock.now()));
        updateStatus(client, "pods", pod, { ...recordAt(pod, "status"), conditions });
        return undefined;
      },
    },
    signal,
  );
}

function isWaiting(pod: ApiObject): boolean {
  const { spec, metadata } = pod;
  const isOurs = (textOf(spec, "schedulerName") ?? "default-scheduler") === "default-scheduler";
  const isGated = elementsOf(spec, "schedulingGates").length > 0;
  return isOurs && !isGated && !isOnNode(pod) && metadata.deletionTimestamp === undefined;
}

function problemOf(client: ClusterClient, pod: ApiObject): string | undefined {
  const node = client.get("nodes", { namespace: "", name: NODE_NAME });
  if (!node) return "no nodes available to schedule pods";
  if (fieldOf(node["spec"], "unschedulable") === true && !toleratesCordon(pod))
    return "0/1 nodes are available: 1 node(s) were unschedulable.";
  const wanted = Object.entries(recordAt(pod, "spec", "nodeSelector"));
  return wanted.every(([label, value]) => node.metadata.labels?.[label] === value)
    ? undefined
    : "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.";
}

function toleratesCordon({ spec }: ApiObject): boolean {
  return elementsOf(spec, "tolerations").some((toleration) => {
    const key = textOf(toleration, "key") ?? "";
    return key === "node.kubernetes.io/unschedulable" || (key === "" && textOf(toleration, "operator") === "Exists");
  });
}
