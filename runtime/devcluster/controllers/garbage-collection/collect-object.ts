import { withMetadata, type ApiObject } from "../../api-object.ts";
import type { DeleteOptions } from "../../operations/api-operations.ts";
import type { ClusterClient } from "../reconciling/cluster-client.ts";
import type { OwnerIndex } from "./owner-index.ts";
import { ownerState } from "./owner-of.ts";

const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

export interface Garden {
  readonly client: ClusterClient;
  readonly index: OwnerIndex;
}

/** Does with an object what its owners, or its dependants, ask for. */
export function collectObject(garden: Garden, storage: string, object: ApiObject): void {
  const { deletionTimestamp, finalizers = [], ownerReferences = [] } = object.metadata;
  if (deletionTimestamp === undefined) {
    if (ownerReferences.length > 0) followOwners(garden, storage, object);
    return;
  }
  if (finalizers.includes(ORPHAN)) {
    for (const dependant of dependantsOf(garden, object)) letGo(garden, dependant, object);
    removeFinalizer(garden, storage, object, ORPHAN);
  } else if (finalizers.includes(FOREGROUND) && !dependantsOf(garden, object).some(blocks(object)))
    removeFinalizer(garden, storage, object, FOREGROUND);
}

/** One owner that stays is enough to stay. */
function followOwners(garden: Garden, storage: string, object: ApiObject): void {
  const { ownerReferences = [] } = object.metadata;
  const states = ownerReferences.map((reference) => ownerState(garden.client, reference, object));
  const kept = ownerReferences.filter((_, i) => states[i] === "there" || states[i] === "unknown");
  if (kept.length === ownerReferences.length) return;
  if (kept.length > 0) {
    garden.client.update(storage, withMetadata(object, { ownerReferences: kept }));
    return;
  }
  const isAwaited = states.includes("ending");
  const hasDependants = garden.index.dependantsOf(object.metadata.uid).length > 0;
  garden.client.delete(storage, object, {
    propagationPolicy: isAwaited && hasDependants ? "Foreground" : asMarked(object),
  });
}

function asMarked({ metadata: { finalizers = [] } }: ApiObject): DeleteOptions["propagationPolicy"] {
  if (finalizers.includes(ORPHAN)) return "Orphan";
  return finalizers.includes(FOREGROUND) ? "Foreground" : "Background";
}

interface Dependant {
  readonly storage: string;
  readonly object: ApiObject;
}

function dependantsOf({ client, index }: Garden, owner: ApiObject): readonly Dependant[] {
  return index.dependantsOf(owner.metadata.uid).flatMap((place) => {
    const object = client.get(place.storage, place);
    return object ? [{ storage: place.storage, object }] : [];
  });
}

function blocks(owner: ApiObject): (dependant: Dependant) => boolean {
  return ({ object }) =>
    (object.metadata.ownerReferences ?? []).some(
      ({ uid, blockOwnerDeletion }) => uid === owner.metadata.uid && blockOwnerDeletion === true,
    );
}

function letGo({ client }: Garden, { storage, object }: Dependant, owner: ApiObject): void {
  const others = (object.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== owner.metadata.uid);
  client.update(storage, withMetadata(object, { ownerReferences: others.length > 0 ? others : undefined }));
}

function removeFinalizer({ client }: Garden, storage: string, object: ApiObject, finalizer: string): void {
  const others = (object.metadata.finalizers ?? []).filter((each) => each !== finalizer);
  client.update(storage, withMetadata(object, { finalizers: others.length > 0 ? others : undefined }));
}
