import { elementsOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";

/** What a controller says about an object in its status. */
export interface Condition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason?: string;
  readonly message?: string;
  readonly [field: string]: unknown;
}

export function conditionOf(object: ApiObject | undefined, type: string): JsonRecord | undefined {
  return conditionsOf(object).find((condition) => condition["type"] === type);
}

/** The object says so in its status. */
export function isTrue(object: ApiObject, type: string): boolean {
  return conditionOf(object, type)?.["status"] === "True";
}

/** The object's conditions with these in place of those of the same type. Only a change of status is a transition. */
export function conditionsWith(object: ApiObject, next: readonly Condition[], now: string): readonly JsonRecord[] {
  const before = conditionsOf(object);
  const dated = next.map((condition) => {
    const known = before.find(({ type }) => type === condition.type);
    const isTransition = known?.["status"] !== condition.status;
    const lastTransitionTime = isTransition ? now : (textOf(known, "lastTransitionTime") ?? now);
    return { ...condition, lastTransitionTime };
  });
  const kept = before.map((known) => dated.find(({ type }) => type === known["type"]) ?? known);
  return [...kept, ...dated.filter(({ type }) => !before.some((known) => known["type"] === type))];
}

function conditionsOf(object: ApiObject | undefined): readonly JsonRecord[] {
  return elementsOf(recordAt(object, "status"), "conditions").filter(isRecord);
}
