import { numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, invalid, notSupported, rawInvalid, type FieldCause } from "../../../schema/field-causes.ts";
import { countCauses, percentCauses } from "../count-causes.ts";
import { nonNegative } from "../field-checks.ts";
import { selectorCauses } from "../label-causes.ts";
import { recordAt } from "../../../record-at.ts";

export function disruptionBudgetCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const [available, unavailable] = [spec["minAvailable"], spec["maxUnavailable"]];
  // As Go's struct has it.
  const text = JSON.stringify({
    MinAvailable: available,
    Selector: spec["selector"] ?? null,
    MaxUnavailable: unavailable,
    UnhealthyPodEvictionPolicy: spec["unhealthyPodEvictionPolicy"] ?? null,
  });
  const isBoth = available !== undefined && unavailable !== undefined;
  return [
    ...(isBoth ? [rawInvalid("spec", text, "minAvailable and maxUnavailable cannot be both set")] : []),
    ...["minAvailable", "maxUnavailable"].flatMap((name) => [
      ...countCauses(spec[name], `spec.${name}`),
      ...percentCauses(spec[name], `spec.${name}`),
    ]),
    ...selectorCauses(spec["selector"], "spec.selector"),
  ];
}

const MAX_PRIORITY = 1_000_000_000;
const SYSTEM = "system-";
const SYSTEM_CLASSES = ["system-node-critical", "system-cluster-critical"];

export function priorityClassCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const name = textOf(object["metadata"], "name") ?? "";
  const value = numberOf(object, "value") ?? 0;
  const policies = ["PreemptLowerPriority", "Never"];
  const policy = textOf(object, "preemptionPolicy") ?? "";
  if (old) return value === numberOf(old, "value") ? [] : [forbidden("value", "may not be changed in an update.")];
  const isReserved = name.startsWith(SYSTEM) && !SYSTEM_CLASSES.includes(name);
  const reserved =
    `priority class names with 'system-' prefix are reserved for system use only. error: ${name} is not a known system ` +
    "priority class";
  const isTooHigh = !name.startsWith(SYSTEM) && value > MAX_PRIORITY;
  return [
    ...(isReserved ? [forbidden("metadata.name", reserved)] : []),
    ...(isTooHigh ? [forbidden("value", `maximum allowed value of a user defined priority is ${MAX_PRIORITY}`)] : []),
    ...(policies.includes(policy) ? [] : [notSupported("preemptionPolicy", policy, policies)]),
  ];
}

export function leaseCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const seconds = numberOf(spec, "leaseDurationSeconds");
  const isWrong = seconds !== undefined && seconds <= 0;
  return [
    ...(isWrong ? [invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0")] : []),
    ...nonNegative(spec, "spec", "leaseTransitions"),
  ];
}
