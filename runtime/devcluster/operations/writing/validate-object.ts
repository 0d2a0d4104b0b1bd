import type { StatusCause } from "../../api-status.ts";
import type { ApiObject } from "../../api-object.ts";
import { customCauses } from "../../registry/custom-validation.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import { forbidden, invalid, required, type FieldCause } from "../../schema/field-causes.ts";
import { requireNoFaults } from "./invalid-object.ts";

/** Throws 422 for an object that cannot be stored. @param before what it replaces */
export function requireValidObject({ custom, schema }: ServedResource, object: ApiObject, before?: ApiObject): void {
  const causes: readonly StatusCause[] = [
    ...nameCauses(object),
    ...(before ? updateCauses(before, object) : []),
    ...(custom ? customCauses(schema, object) : []),
  ];
  requireNoFaults(object, causes);
}

function nameCauses({ metadata }: ApiObject): FieldCause[] {
  return metadata.name === "" ? [required("metadata.name", "name or generateName is required")] : [];
}

const IMMUTABLE = ["uid", "deletionTimestamp", "deletionGracePeriodSeconds"] as const;

function updateCauses(before: ApiObject, { metadata }: ApiObject): FieldCause[] {
  const changed = IMMUTABLE.filter((member) => metadata[member] !== before.metadata[member]);
  return [
    ...changed.map((member) => invalid(`metadata.${member}`, metadata[member], "field is immutable")),
    ...finalizerCauses(before, metadata.finalizers ?? []),
  ];
}

function finalizerCauses({ metadata }: ApiObject, finalizers: readonly string[]): FieldCause[] {
  const added = finalizers.filter((finalizer) => !metadata.finalizers?.includes(finalizer));
  if (metadata.deletionTimestamp === undefined || added.length === 0) return [];
  const names = added.map((finalizer) => JSON.stringify(finalizer)).join(", ");
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${names}}`;
  return [forbidden("metadata.finalizers", why)];
}
