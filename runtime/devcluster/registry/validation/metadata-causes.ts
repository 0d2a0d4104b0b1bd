import { elementsOf, fieldOf, isRecord, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, invalid, required, tooLong, type FieldCause } from "../../schema/field-causes.ts";
import { qualifiedNameFaults } from "../name-rules.ts";
import { eachOf, immutable, nonNegative, requiredText, type Faults } from "./field-checks.ts";
import { labelCauses } from "./label-causes.ts";

const PATH = "metadata";
const ANNOTATION_BYTES = 262_144;
const STANDARD_FINALIZERS = ["kubernetes", "foregroundDeletion", "orphan"];

/** What is wrong with a new object's metadata. @param nameFaults of its name */
export function metadataCauses(metadata: JsonRecord, namespaced: boolean, nameFaults: Faults): FieldCause[] {
  return [
    ...generateNameCauses(textOf(metadata, "generateName") ?? "", nameFaults),
    ...nameCauses(textOf(metadata, "name") ?? "", nameFaults),
    ...namespaceCauses(textOf(metadata, "namespace") ?? "", namespaced),
    ...memberCauses(metadata),
  ];
}

/** What is wrong with the metadata of an object that replaces another one. */
export function metadataUpdateCauses(metadata: JsonRecord, old: JsonRecord): FieldCause[] {
  const added = textsOf(metadata, "finalizers").filter((name) => !textsOf(old, "finalizers").includes(name));
  const isGoing = textOf(old, "deletionTimestamp") !== undefined;
  const quoted = added.map((name) => JSON.stringify(name)).join(", ");
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${quoted}}`;
  return [
    ...memberCauses(metadata),
    ...(isGoing && added.length > 0 ? [forbidden(`${PATH}.finalizers`, detail)] : []),
    ...["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp"].flatMap((name) =>
      immutable(`${PATH}.${name}`, metadata[name], old[name]),
    ),
  ];
}

function generateNameCauses(prefix: string, nameFaults: Faults): FieldCause[] {
  if (prefix === "") return [];
  // The end is made up, so a hyphen there is no fault.
  const name = prefix.length > 1 ? prefix.replace(/-$/, "a") : prefix;
  return nameFaults(name).map((fault) => invalid(`${PATH}.generateName`, prefix, fault));
}

function nameCauses(name: string, nameFaults: Faults): FieldCause[] {
  if (name === "") return [required(`${PATH}.name`, "name or generateName is required")];
  return nameFaults(name).map((fault) => invalid(`${PATH}.name`, name, fault));
}

function namespaceCauses(namespace: string, namespaced: boolean): FieldCause[] {
  if (namespaced) return namespace === "" ? [required(`${PATH}.namespace`)] : [];
  return namespace === "" ? [] : [forbidden(`${PATH}.namespace`, "not allowed on this type")];
}

function memberCauses(metadata: JsonRecord): FieldCause[] {
  return [
    ...nonNegative(metadata, PATH, "generation"),
    ...labelCauses(metadata["labels"], `${PATH}.labels`),
    ...annotationCauses(metadata["annotations"], `${PATH}.annotations`),
    ...ownerCauses(metadata),
    ...finalizerCauses(textsOf(metadata, "finalizers")),
  ];
}

export function annotationCauses(annotations: unknown, path: string): FieldCause[] {
  if (!isRecord(annotations)) return [];
  const entries = Object.entries(annotations);
  const size = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)),
    0,
  );
  return [
    ...entries.flatMap(([key]) => qualifiedNameFaults(key.toLowerCase()).map((fault) => invalid(path, key, fault))),
    ...(size > ANNOTATION_BYTES ? [tooLong(path, ANNOTATION_BYTES)] : []),
  ];
}

function ownerCauses(metadata: JsonRecord): FieldCause[] {
  const path = `${PATH}.ownerReferences`;
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

/** @param text of the value, as Go shows it */
export function rawInvalid(path: string, text: string, detail: string): FieldCause {
  return { ...invalid(path, "", ""), message: `Invalid value: ${text}: ${detail}` };
}

function finalizerCauses(finalizers: readonly string[]): FieldCause[] {
  const path = `${PATH}.finalizers`;
  const detail = "name is neither a standard finalizer name nor is it fully qualified";
  return [
    ...finalizers.flatMap((name) => qualifiedNameFaults(name).map((fault) => invalid(path, name, fault))),
    ...finalizers.flatMap((name, index) =>
      name.includes("/") || STANDARD_FINALIZERS.includes(name) ? [] : [invalid(`${path}[${index}]`, name, detail)],
    ),
  ];
}
