import type { ApiObject } from "../../api-object.ts";
import {
  forbiddenField,
  invalidField,
  requiredField,
  requireValid,
  type FieldProblem,
} from "../../kinds/invalid-object.ts";
import type { ServedResource } from "../../registry/served-resource.ts";

/** Throws 422 for an object that cannot be stored. @param before what it replaces */
export function requireValidObject(_resource: ServedResource, object: ApiObject, before?: ApiObject): void {
  requireValid(object, [...nameProblems(object), ...(before ? updateProblems(before, object) : [])]);
}

function nameProblems({ metadata }: ApiObject): FieldProblem[] {
  if (metadata.name !== "") return [];
  return [requiredField("metadata.name", "name or generateName is required")];
}

const IMMUTABLE = ["uid", "deletionTimestamp", "deletionGracePeriodSeconds"] as const;

function updateProblems(before: ApiObject, { metadata }: ApiObject): FieldProblem[] {
  const changed = IMMUTABLE.filter((member) => metadata[member] !== before.metadata[member]);
  return [
    ...changed.map((member) => invalidField(`metadata.${member}`, metadata[member], "field is immutable")),
    ...finalizerProblems(before, metadata.finalizers ?? []),
  ];
}

function finalizerProblems({ metadata }: ApiObject, finalizers: readonly string[]): FieldProblem[] {
  const added = finalizers.filter((finalizer) => !metadata.finalizers?.includes(finalizer));
  if (metadata.deletionTimestamp === undefined || added.length === 0) return [];
  const names = added.map((finalizer) => JSON.stringify(finalizer)).join(", ");
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${names}}`;
  return [forbiddenField("metadata.finalizers", why)];
}
