import { elementsOf, isRecord, textOf, textsOf } from "#kernel/json-value.ts";
import { recordAt } from "./record-at.ts";

/** A selector of labels in kubectl's own form: `app=web,tier in (a,b)`. ReplicationControllers have labels only. */
export function selectorText(selector: unknown): string {
  if (!isRecord(selector)) return "";
  const isPlain = !isRecord(selector["matchLabels"]) && !Array.isArray(selector["matchExpressions"]);
  const labels = isPlain ? selector : recordAt(selector, "matchLabels");
  const terms = [
    ...Object.entries(labels).map(([key, value]) => ({ key, text: `${key}=${String(value)}` })),
    ...elementsOf(selector, "matchExpressions").map((expression) => ({
      key: textOf(expression, "key") ?? "",
      text: expressionText(expression),
    })),
  ];
  return terms
    .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ text }) => text)
    .join(",");
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
