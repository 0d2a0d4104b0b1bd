import { isIdentityOf } from "./resource-of-kind.ts";
import type { ApiObject, OwnerReference } from "../../api-object.ts";
import type { ClusterClient } from "../reconciling/cluster-client.ts";
import type { StoredAt } from "./owner-index.ts";

/** What a reference to an owner is worth. `unknown`: its kind is not served, or cannot own this object. */
export type OwnerState = "there" | "ending" | "absent" | "unknown";

export function ownerState(client: ClusterClient, reference: OwnerReference, dependant: ApiObject): OwnerState {
  const place = ownerPlace(client, reference, dependant);
  if (!place) return "unknown";
  const owner = client.get(place.storage, place);
  if (owner?.metadata.uid !== reference.uid) return "absent";
  const { deletionTimestamp, finalizers = [] } = owner.metadata;
  return deletionTimestamp !== undefined && finalizers.includes("foregroundDeletion") ? "ending" : "there";
}

/** Where a reference points. Owners are of the dependant's namespace, or of none. */
export function ownerPlace(
  client: ClusterClient,
  reference: OwnerReference,
  { metadata: { namespace } }: ApiObject,
): StoredAt | undefined {
  const resource = client.resources().find((each) => isIdentityOf(each, reference));
  if (!resource || (resource.namespaced && namespace === undefined)) return undefined;
  return { storage: resource.storage, namespace: resource.namespaced ? (namespace ?? "") : "", name: reference.name };
}
