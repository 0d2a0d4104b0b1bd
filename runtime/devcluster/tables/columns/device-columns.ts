import type { ApiObject } from "../../api-object.ts";
import { AGE, field, NAME, text, type Column } from "../column.ts";
import { ageOf } from "../cells/human-duration.ts";
import { hasAt, listAt, textAt } from "../cells/object-fields.ts";

export const DEVICE_CLASSES: readonly Column[] = [NAME, AGE];

export const RESOURCE_CLAIM_TEMPLATES: readonly Column[] = [NAME, AGE];

export const RESOURCE_CLAIMS: readonly Column[] = [NAME, text("State", claimState), AGE];

export const RESOURCE_SLICES: readonly Column[] = [
  NAME,
  text("Node", field("spec.nodeName")),
  text("Driver", field("spec.driver")),
  text("Pool", field("spec.pool.name")),
  AGE,
];

export const DEVICE_TAINT_RULES: readonly Column[] = [
  NAME,
  text("Key", field("spec.taint.key")),
  text("Value", field("spec.taint.value")),
  text("Effect", field("spec.taint.effect")),
  text("TimeAdded", (rule, now) => ageOf(textAt(rule, "spec.taint.timeAdded"), now)),
  AGE,
];

function claimState(claim: ApiObject): string {
  const states = [
    ...(claim.metadata.deletionTimestamp === undefined ? [] : ["deleted"]),
    ...(hasAt(claim, "status.allocation") ? ["allocated"] : []),
    ...(listAt(claim, "status.reservedFor").length > 0 ? ["reserved"] : []),
  ];
  return states.join(",") || "pending";
}
