import { isRecord, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, invalid, required, tooLong, type FieldCause } from "../../schema/field-causes.ts";
import { qualifiedNameFaults } from "./name-rules.ts";
import { immutable, nonNegative, type Faults } from "./field-checks.ts";
import { labelCauses } from "./label-causes.ts";
import { ownerCauses } from "./owner-causes.ts";

const PATH = "metadata";
const ANNOTATION_BYTES = 262_144;
const STANDARD_FINALIZERS = ["kubernetes", "foregroundDeletion", "orphan"];

/**
 * What is wrong with a new object's metadata.
 * @param nameFaults of its name
 * @param hasDomains whether its finalizers need a domain, unless they are Kubernetes' own
 */
export function metadataCauses(
  metadata: JsonRecord,
  namespaced: boolean,
  nameFaults: Faults,
  hasDomains: boolean,
): FieldCause[] {
  return [
    ...generateNameCauses(textOf(metadata, "generateName") ?? "", nameFaults),
    ...nameCauses(textOf(metadata, "name") ?? "", nameFaults),
    ...namespaceCauses(textOf(metadata, "namespace") ?? "", namespaced),
    ...memberCauses(metadata, hasDomains),
  ];
}

const GRACE = "deletionGracePeriodSeconds";

/** What is wrong with the metadata of an object that replaces another one. */
export function metadataUpdateCauses(metadata: JsonRecord, old: JsonRecord, hasDomains: boolean): FieldCause[] {
  const added = textsOf(metadata, "finalizers").filter((name) => !textsOf(old, "finalizers").includes(name));
  const isGoing = textOf(old, "deletionTimestamp") !== undefined;
  const quoted = added.map((name) => JSON.stringify(name)).join(", ");
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${quoted}}`;
  return [
    ...memberCauses(metadata, hasDomains),
    ...(isGoing && added.length > 0 ? [forbidden(`${PATH}.finalizers`, detail)] : []),
    ...["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp"].flatMap((name) =>
      immutable(`${PATH}.${name}`, metadata[name], old[name]),
    ),
    // Who replaces an object need not know it.
    ...immutable(`${PATH}.${GRACE}`, metadata[GRACE] ?? old[GRACE], old[GRACE]),
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

function memberCauses(metadata: JsonRecord, hasDomains: boolean): FieldCause[] {
  return [
    ...nonNegative(metadata, PATH, "generation"),
    ...labelCauses(metadata["labels"], `${PATH}.labels`),
    ...annotationCauses(metadata["annotations"], `${PATH}.annotations`),
    ...ownerCauses(metadata),
    ...finalizerCauses(textsOf(metadata, "finalizers"), hasDomains),
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

function finalizerCauses(finalizers: readonly string[], hasDomains: boolean): FieldCause[] {
  const path = `${PATH}.finalizers`;
  const detail = "name is neither a standard finalizer name nor is it fully qualified";
  return [
    ...finalizers.flatMap((name) => qualifiedNameFaults(name).map((fault) => invalid(path, name, fault))),
    ...finalizers.flatMap((name, index) =>
      !hasDomains || name.includes("/") || STANDARD_FINALIZERS.includes(name)
        ? []
        : [invalid(`${path}[${index}]`, name, detail)],
    ),
  ];
}
