import { elementsOf, isRecord, textOf } from "#kernel/json-value.ts";
import { forbidden, invalid, required, type FieldCause } from "../../schema/field-causes.ts";
import { labelValueFaults, qualifiedNameFaults } from "./name-rules.ts";
import { eachOf } from "./field-checks.ts";
import { recordAt } from "../../record-at.ts";

export function labelCauses(labels: unknown, path: string): FieldCause[] {
  if (!isRecord(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) => [
    ...qualifiedNameFaults(key).map((fault) => invalid(path, key, fault)),
    ...labelValueFaults(String(value)).map((fault) => invalid(path, value, fault)),
  ]);
}

/** What is wrong with a `LabelSelector`. */
export function selectorCauses(selector: unknown, path: string): FieldCause[] {
  return [
    ...labelCauses(recordAt(selector, "matchLabels"), `${path}.matchLabels`),
    ...eachOf(selector, "matchExpressions", `${path}.matchExpressions`, requirementCauses),
  ];
}

function requirementCauses(requirement: unknown, path: string): FieldCause[] {
  const key = textOf(requirement, "key") ?? "";
  const values = elementsOf(requirement, "values").map(String);
  return [
    ...operatorCauses(textOf(requirement, "operator") ?? "", values.length, path),
    ...qualifiedNameFaults(key).map((fault) => invalid(`${path}.key`, key, fault)),
    ...values.flatMap((value, index) =>
      labelValueFaults(value).map((fault) => invalid(`${path}.values[${index}]`, value, fault)),
    ),
  ];
}

function operatorCauses(operator: string, values: number, path: string): FieldCause[] {
  if (operator === "In" || operator === "NotIn") {
    return values > 0 ? [] : [required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
  }
  if (operator === "Exists" || operator === "DoesNotExist") {
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    return values === 0 ? [] : [forbidden(`${path}.values`, detail)];
  }
  return [invalid(`${path}.operator`, operator, "not a valid selector operator")];
}
