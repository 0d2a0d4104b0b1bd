import { withMetadata, type ApiObject } from "../../api-object.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { controllerOf, controllerReference } from "./controller-reference.ts";
import { selectorOf } from "./workload-spec.ts";

/**
 * What a controller's object owns of a resource. It adopts what its selector finds and nobody controls, and lets go of what
 * its selector does not find any more (upstream: `ControllerRefManager`).
 */
export function ownedObjects(client: ClusterClient, owner: ApiObject, resource: string): readonly ApiObject[] {
  const selector = selectorOf(owner);
  const isEnding = owner.metadata.deletionTimestamp !== undefined;
  return client.list(resource, owner.metadata.namespace).flatMap((object) => {
    const controller = controllerOf(object);
    const matches = selector.matches(object.metadata.labels ?? {});
    if (controller?.uid === owner.metadata.uid) {
      if (!matches && !isEnding) release(client, owner, { resource, object });
      return matches ? [object] : [];
    }
    const canAdopt = !controller && matches && !isEnding && object.metadata.deletionTimestamp === undefined;
    return canAdopt ? [adopt(client, owner, { resource, object })] : [];
  });
}

interface Found {
  readonly resource: string;
  readonly object: ApiObject;
}

function adopt(client: ClusterClient, owner: ApiObject, { resource, object }: Found): ApiObject {
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), controllerReference(owner)];
  return client.update(resource, withMetadata(object, { ownerReferences }));
}

function release(client: ClusterClient, owner: ApiObject, { resource, object }: Found): void {
  const others = (object.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== owner.metadata.uid);
  client.update(resource, withMetadata(object, { ownerReferences: others.length > 0 ? others : undefined }));
}
