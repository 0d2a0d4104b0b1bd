import { isRecord, textOf, textsOf } from "#kernel/json-value.ts";
import { NONE } from "../column.ts";
import { listAt, recordAt } from "./object-fields.ts";

/** Labels as `a=b,c=d`. */
export function labelsText(labels: unknown): string {
  const entries = isRecord(labels) ? Object.entries(labels) : [];
  const texts = entries.map(([key, value]) => `${key}=${String(value)}`).sort();
  return texts.join(",") || NONE;
}

/** A selector of labels in kubectl's own form: `app=web,tier in (a,b)`. */
export function selectorText(selector: unknown): string {
  const labels = Object.entries(recordAt(selector, "matchLabels")).map(([key, value]) => ({
    key,
    text: `${key}=${String(value)}`,
  }));
  const expressions = listAt(selector, "matchExpressions").map((expression) => ({
    key: textOf(expression, "key") ?? "",
    text: expressionText(expression),
  }));
  const requirements = [...labels, ...expressions].sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return requirements.map((requirement) => requirement.text).join(",") || NONE;
}

function expressionText(expression: unknown): string {
  const key = textOf(expression, "key") ?? "";
  const values = textsOf(expression, "values").toSorted().join(",");
  switch (textOf(expression, "operator") ?? "") {
    case "In":
      return `${key} in (${values})`;
    case "NotIn":
      return `${key} notin (${values})`;
    case "Exists":
      return key;
    case "DoesNotExist":
      return `!${key}`;
    default:
      return "<error>";
  }
}
