import { textsOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import type { ClusterClient } from "../reconciling/cluster-client.ts";
import { conditionsWith } from "../reconciling/conditions.ts";
import { updateStatus } from "../reconciling/update-status.ts";
import { remainingContent } from "./namespace-content.ts";
import { runReconciler, type ControllerParts } from "../reconciling/run-reconciler.ts";
import { timestamp } from "../../timestamp.ts";

const FINALIZER = "kubernetes";

/** Empties namespaces that are deleted, then lets them go. */
export function startNamespaceController(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  runReconciler(
    parts,
    {
      name: "namespace",
      keysOf({ storage, type, object }) {
        if (storage === "namespaces") return type === "DELETED" ? [] : [object.metadata.name];
        // Content that goes may have been the last.
        const { namespace } = object.metadata;
        return namespace !== undefined && isEnding(client, namespace) ? [namespace] : [];
      },
      reconcile(name) {
        const namespace = client.get("namespaces", { namespace: "", name });
        if (!namespace?.metadata.deletionTimestamp || !isHeld(namespace)) return undefined;
        deleteContent(client, name);
        if (hasContent(client, name)) report(client, namespace, timestamp(clock.now()));
        else finalize(client, namespace);
        return undefined;
      },
    },
    signal,
  );
}

function isEnding(client: ClusterClient, name: string): boolean {
  return client.get("namespaces", { namespace: "", name })?.metadata.deletionTimestamp !== undefined;
}

function isHeld({ spec }: ApiObject): boolean {
  return textsOf(spec, "finalizers").includes(FINALIZER);
}

function deleteContent(client: ClusterClient, namespace: string): void {
  for (const { storage, namespaced } of client.resources()) {
    if (!namespaced) continue;
    // Pods end at once: there may be no kubelet that would end them.
    for (const object of client.list(storage, namespace))
      if (object.metadata.deletionTimestamp === undefined || storage === "pods")
        client.delete(storage, object, { gracePeriodSeconds: 0 });
  }
}

function hasContent(client: ClusterClient, namespace: string): boolean {
  return client.resources().some(({ storage, namespaced }) => namespaced && client.list(storage, namespace).length > 0);
}

function report(client: ClusterClient, namespace: ApiObject, now: string): void {
  const conditions = conditionsWith(namespace, remainingContent(client, namespace.metadata.name), now);
  updateStatus(client, "namespaces", namespace, { ...recordAt(namespace, "status"), conditions });
}

function finalize(client: ClusterClient, namespace: ApiObject): void {
  const finalizers = textsOf(namespace["spec"], "finalizers").filter((finalizer) => finalizer !== FINALIZER);
  client.update("namespaces", { ...namespace, spec: { ...recordAt(namespace, "spec"), finalizers } }, "finalize");
}
