import { elementsOf, fieldOf, isRecord, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import {
  forbidden,
  invalid,
  notSupported,
  required,
  rawInvalid,
  type FieldCause,
} from "../../../schema/field-causes.ts";
import { goText } from "../../../schema/go-text.ts";
import { milliOf } from "../../../schema/decoding/quantity.ts";
import { subdomainFaults } from "../name-rules.ts";
import { immutable, namedText, requiredText, supportedText } from "../field-checks.ts";
import { selectorCauses } from "../label-causes.ts";
import { recordAt } from "../../../record-at.ts";

const ACCESS_MODES = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
const VOLUME_MODES = ["Block", "Filesystem"];
const RECLAIM_POLICIES = ["Delete", "Recycle", "Retain"];

export function claimCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const storage = recordAt(spec, "resources", "requests")["storage"];
  const causes = [
    ...accessModeCauses(spec, "at least 1 access mode is required"),
    ...selectorCauses(spec["selector"], "spec.selector"),
    ...(storage === undefined
      ? [required("spec.resources[storage]")]
      : amountCauses(storage, "spec.resources[storage]")),
    ...namedText(spec, "storageClassName", "spec", subdomainFaults),
    ...supportedText(spec, "volumeMode", "spec", VOLUME_MODES),
  ];
  return causes.length > 0 || !old ? causes : claimUpdateCauses(object, old);
}

const FROZEN_CLAIM =
  "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

/** The real server adds how the two differ as Go shows it. */
function claimUpdateCauses(object: JsonRecord, old: JsonRecord): FieldCause[] {
  const isBound = textOf(fieldOf(old, "status"), "phase") === "Bound";
  const fixed = (claim: JsonRecord): JsonRecord => {
    const { resources, volumeAttributesClassName, volumeName, ...rest } = recordAt(claim, "spec");
    const isSet = textOf(recordAt(old, "spec"), "volumeName") !== undefined;
    return { ...rest, ...(isBound ? {} : { resources, volumeAttributesClassName }), ...(isSet && { volumeName }) };
  };
  return goText(fixed(object)) === goText(fixed(old)) ? [] : [forbidden("spec", `${FROZEN_CLAIM}\n`)];
}

export function volumeObjectCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const capacity = recordAt(spec, "capacity");
  const hasCapacity = Object.keys(capacity).length > 0;
  const isStorage = Object.keys(capacity).join() === "storage";
  const target = textOf(spec["hostPath"], "path") ?? "";
  const path = "spec.hostPath.path";
  return [
    ...accessModeCauses(spec, ""),
    ...(hasCapacity ? [] : [required("spec.capacity")]),
    ...(isStorage
      ? amountCauses(capacity["storage"], "spec.capacity[storage]")
      : [capacityCause(hasCapacity, capacity)]),
    ...supportedText(spec, "persistentVolumeReclaimPolicy", "spec", RECLAIM_POLICIES),
    ...(isRecord(spec["hostPath"]) && target === "" ? [required(path)] : []),
    ...(target.split("/").includes("..") ? [invalid(path, target, "must not contain '..'")] : []),
    ...(hasVolumeType(spec) ? [] : [required("spec", "must specify a volume type")]),
    ...namedText(spec, "storageClassName", "spec", subdomainFaults),
    ...supportedText(spec, "volumeMode", "spec", VOLUME_MODES),
  ];
}

function capacityCause(hasCapacity: boolean, capacity: JsonRecord): FieldCause {
  return notSupported("spec.capacity", hasCapacity ? capacity : null, ["storage"]);
}

const NOT_SOURCES = ["nodeAffinity", "claimRef"];

function hasVolumeType(spec: JsonRecord): boolean {
  const { capacity: _, ...members } = spec;
  return Object.entries(members).some(([name, member]) => isRecord(member) && !NOT_SOURCES.includes(name));
}

function accessModeCauses(spec: JsonRecord, detail: string): FieldCause[] {
  const modes = textsOf(spec, "accessModes");
  if (elementsOf(spec, "accessModes").length === 0) return [required("spec.accessModes", detail)];
  return modes
    .filter((mode) => !ACCESS_MODES.includes(mode))
    .map((mode) => notSupported("spec.accessModes", mode, ACCESS_MODES));
}

function amountCauses(amount: unknown, path: string): FieldCause[] {
  return (milliOf(amount) ?? 0n) > 0n ? [] : [invalid(path, amount, "must be greater than zero")];
}

const BINDING_MODES = ["Immediate", "WaitForFirstConsumer"];

export function storageClassCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const provisioner = requiredText(object, "provisioner", "").map((cause) => ({ ...cause, field: "provisioner" }));
  return [
    ...provisioner,
    ...supportedText(object, "volumeBindingMode", "", BINDING_MODES).map((cause) => ({
      ...cause,
      field: "volumeBindingMode",
    })),
    ...(old
      ? ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"].flatMap((name) => frozen(name, object, old))
      : []),
  ];
}

/** The server does not show the value. */
function frozen(name: string, object: JsonRecord, old: JsonRecord): FieldCause[] {
  return immutable(name, object[name], old[name]).map(() => rawInvalid(name, "null", "field is immutable"));
}
