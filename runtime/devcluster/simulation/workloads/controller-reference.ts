import type { ApiObject, OwnerReference } from "../../api-object.ts";

/** To the object that controls another one. */
export function controllerReference({ apiVersion, kind, metadata: { name, uid = "" } }: ApiObject): OwnerReference {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

export function controllerOf({ metadata }: ApiObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

export function controlledBy(owner: ApiObject): (object: ApiObject) => boolean {
  return (object) => controllerOf(object)?.uid === owner.metadata.uid;
}
