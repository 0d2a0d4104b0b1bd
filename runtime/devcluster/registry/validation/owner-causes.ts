import { elementsOf, fieldOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { rawInvalid, type FieldCause } from "../../schema/field-causes.ts";
import { eachOf, requiredText } from "./field-checks.ts";

/** What is wrong with an object's `ownerReferences`. */
export function ownerCauses(metadata: JsonRecord): FieldCause[] {
  const path = "metadata.ownerReferences";
  const owners = elementsOf(metadata, "ownerReferences");
  const [first, second] = owners.filter((owner) => fieldOf(owner, "controller") === true).map(kindAndName);
  const detail = `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`;
  return [
    ...eachOf(metadata, "ownerReferences", path, (owner, at) => [
      ...["apiVersion", "kind", "name", "uid"].flatMap((name) => requiredText(owner, name, at, "must not be empty")),
      ...eventOwnerCauses(owner, at),
    ]),
    ...(second === undefined ? [] : [rawInvalid(path, JSON.stringify(owners.map(inOrder)), detail)]),
  ];
}

function eventOwnerCauses(owner: unknown, path: string): FieldCause[] {
  if (textOf(owner, "apiVersion") !== "v1" || textOf(owner, "kind") !== "Event") return [];
  return [rawInvalid(path, JSON.stringify(inOrder(owner)), "/v1, Kind=Event is disallowed from being an owner")];
}

/** As Go's struct has them. */
function inOrder(owner: unknown): JsonRecord {
  const names = ["apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion"];
  return Object.fromEntries(
    names.flatMap((name) => (fieldOf(owner, name) === undefined ? [] : [[name, fieldOf(owner, name)]])),
  );
}

function kindAndName(owner: unknown): string {
  return `${textOf(owner, "kind") ?? ""}/${textOf(owner, "name") ?? ""}`;
}
