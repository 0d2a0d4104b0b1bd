/**
 * Deletes what has lost all its owners, and ends deletions that wait for dependants or let them go.
 * Upstream: `attemptToDeleteItem`, `processDeletingDependentsItem`, `orphanDependents`.
 */
import type { ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../reconciling/cluster-client.ts";
import { collectObject } from "./collect-object.ts";
import { OwnerIndex, parsePlace, placeOf, placeText } from "./owner-index.ts";
import { ownerPlace } from "./owner-of.ts";
import { runReconciler, type ControllerParts, type Observed } from "../reconciling/run-reconciler.ts";

export function startGarbageCollector(parts: ControllerParts, signal: AbortSignal): void {
  const { client } = parts;
  const index = new OwnerIndex();
  runReconciler(
    parts,
    {
      name: "garbage-collector",
      keysOf(change) {
        index.replace(change.storage, change.previous, change.type === "DELETED" ? undefined : change.object);
        return concerned(client, index, change);
      },
      reconcile(key) {
        const place = parsePlace(key);
        const object = client.get(place.storage, place);
        if (object) collectObject({ client, index }, place.storage, object);
        return undefined;
      },
    },
    signal,
  );
}

/** The object, those whose fate hangs on it, and owners that wait for it. */
function concerned(
  client: ClusterClient,
  index: OwnerIndex,
  { storage, type, object, previous }: Observed,
): readonly string[] {
  const isEnding = type === "DELETED" || object.metadata.deletionTimestamp !== undefined;
  const isOwned = (object.metadata.ownerReferences ?? []).length > 0;
  return [
    ...(type !== "DELETED" && (isOwned || isEnding) ? [placeText(placeOf(storage, object))] : []),
    ...(isEnding ? index.dependantsOf(object.metadata.uid).map(placeText) : []),
    ...waitingOwners(client, previous ?? object),
  ];
}

function waitingOwners(client: ClusterClient, dependant: ApiObject): readonly string[] {
  return (dependant.metadata.ownerReferences ?? []).flatMap((reference) => {
    const place = ownerPlace(client, reference, dependant);
    const owner = place && client.get(place.storage, place);
    return place && owner?.metadata.deletionTimestamp !== undefined ? [placeText(place)] : [];
  });
}
