import { apiVersionOf, type ApiResource } from "#resources/api-resource.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";

/** Why an object is none of the resource; `undefined` if it is one. Servers have sent Status, Table and other kinds as events. */
export function foreignness(object: ScannedObject, resource: ApiResource): string | undefined {
  const { kind, apiVersion, name } = object;
  const isOther =
    (kind !== "" && kind !== resource.kind) || (apiVersion !== "" && apiVersion !== apiVersionOf(resource));
  if (isOther) return `an object of kind "${kind}" in "${apiVersion}"`;
  return name === "" ? "an object without a name" : undefined;
}
