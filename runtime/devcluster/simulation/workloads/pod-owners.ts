import { formatKey } from "#resources/object-key.ts";
import { keyOf, type ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import type { Observed } from "../../controllers/reconciling/run-reconciler.ts";
import { selectorOf } from "./workload-spec.ts";
import { controllerOf } from "./controller-reference.ts";

export interface OwnerKind {
  /** `replicasets.apps` */
  readonly resource: string;
  readonly kind: string;
}

/** Which objects of a kind a change concerns: the object itself, or the controller of what has changed, or who could be it. */
export function podOwners(client: ClusterClient, change: Observed, { resource, kind }: OwnerKind): readonly string[] {
  const { storage, type, object, previous } = change;
  if (storage === resource) return type === "DELETED" ? [] : [keyOf(object)];
  const namespace = object.metadata.namespace ?? "";
  const states = previous ? [object, previous] : [object];
  const controllers = states.map(controllerOf);
  const named = controllers.flatMap((owner) =>
    owner?.kind === kind ? [formatKey({ namespace, name: owner.name })] : [],
  );
  return controllers[0] || type === "DELETED" ? named : [...named, ...possibleOwners(client, object, resource)];
}

function possibleOwners(client: ClusterClient, { metadata }: ApiObject, resource: string): readonly string[] {
  if (!metadata.labels) return [];
  return client
    .list(resource, metadata.namespace)
    .filter((owner) => selectorOf(owner).matches(metadata.labels ?? {}))
    .map(keyOf);
}
