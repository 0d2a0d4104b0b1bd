import { elementsOf, fieldOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { invalid, notSupported, required, type FieldCause } from "../../../schema/field-causes.ts";
import { qualifiedNameFaults } from "../name-rules.ts";
import { eachOf } from "../field-checks.ts";
import { selectorCauses } from "../label-causes.ts";
import { recordAt } from "../../../record-at.ts";

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** What is wrong with what a pod says of where it may run. */
export function schedulingCauses(spec: JsonRecord, path: string): FieldCause[] {
  return [
    ...affinityCauses(recordAt(spec, "affinity"), `${path}.affinity`),
    ...eachOf(spec, "topologySpreadConstraints", `${path}.topologySpreadConstraints`, spreadCauses),
    ...eachOf(spec, "tolerations", `${path}.tolerations`, tolerationCauses),
  ];
}

function affinityCauses(affinity: JsonRecord, path: string): FieldCause[] {
  return [
    ...nodeAffinityCauses(fieldOf(affinity, "nodeAffinity"), `${path}.nodeAffinity`),
    ...["podAffinity", "podAntiAffinity"].flatMap((name) =>
      podAffinityCauses(fieldOf(affinity, name), `${path}.${name}`),
    ),
  ];
}

function nodeAffinityCauses(affinity: unknown, path: string): FieldCause[] {
  const needed = fieldOf(affinity, REQUIRED);
  if (!isRecord(needed) || elementsOf(needed, "nodeSelectorTerms").length > 0) return [];
  return [required(`${path}.${REQUIRED}.nodeSelectorTerms`, "must have at least one node selector term")];
}

function podAffinityCauses(affinity: unknown, path: string): FieldCause[] {
  return [
    ...eachOf(affinity, REQUIRED, `${path}.${REQUIRED}`, termCauses),
    ...eachOf(affinity, PREFERRED, `${path}.${PREFERRED}`, (weighted, at) => [
      ...weightCauses(numberOf(weighted, "weight") ?? 0, at),
      ...termCauses(recordAt(weighted, "podAffinityTerm"), `${at}.podAffinityTerm`),
    ]),
  ];
}

function weightCauses(weight: number, path: string): FieldCause[] {
  return weight >= 1 && weight <= 100 ? [] : [invalid(`${path}.weight`, weight, "must be in the range 1-100")];
}

function termCauses(term: unknown, path: string): FieldCause[] {
  const key = textOf(term, "topologyKey") ?? "";
  return [
    ...selectorCauses(fieldOf(term, "labelSelector"), `${path}.labelSelector`),
    ...(key === "" ? [required(`${path}.topologyKey`, "can not be empty")] : []),
    ...qualifiedNameFaults(key).map((fault) => invalid(`${path}.topologyKey`, key, fault)),
  ];
}

const UNSATISFIABLE = ["DoNotSchedule", "ScheduleAnyway"];

function spreadCauses(constraint: unknown, path: string): FieldCause[] {
  const skew = numberOf(constraint, "maxSkew") ?? 0;
  const key = textOf(constraint, "topologyKey") ?? "";
  const action = textOf(constraint, "whenUnsatisfiable") ?? "";
  return [
    ...(skew > 0 ? [] : [invalid(`${path}.maxSkew`, skew, "must be greater than zero")]),
    ...(key === "" ? [required(`${path}.topologyKey`, "can not be empty")] : []),
    ...(UNSATISFIABLE.includes(action) ? [] : [notSupported(`${path}.whenUnsatisfiable`, action, UNSATISFIABLE)]),
    ...selectorCauses(fieldOf(constraint, "labelSelector"), `${path}.labelSelector`),
  ];
}

function tolerationCauses(toleration: unknown, path: string): FieldCause[] {
  const [key, value, effect] = ["key", "value", "effect"].map((name) => textOf(toleration, name) ?? "");
  const operator = textOf(toleration, "operator") ?? "";
  const isAllKeys = key === "" && operator !== "Exists";
  const allKeys = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
  const isTimed = fieldOf(toleration, "tolerationSeconds") !== undefined && effect !== "NoExecute";
  return [
    ...(key ? qualifiedNameFaults(key).map((fault) => invalid(`${path}.key`, key, fault)) : []),
    ...(isAllKeys ? [invalid(`${path}.operator`, operator, allKeys)] : []),
    ...(isTimed
      ? [invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")]
      : []),
    ...operatorCauses(operator, value ?? "", `${path}.operator`),
    ...(effect === "" || EFFECTS.includes(effect ?? "") ? [] : [notSupported(`${path}.effect`, effect, EFFECTS)]),
  ];
}

function operatorCauses(operator: string, value: string, path: string): FieldCause[] {
  if (operator === "Exists" && value !== "") {
    return [invalid(path, value, "value must be empty when `operator` is 'Exists'")];
  }
  return ["", "Equal", "Exists"].includes(operator) ? [] : [notSupported(path, operator, ["Equal", "Exists"])];
}
