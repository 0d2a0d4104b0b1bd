import { elementsOf, fieldOf, isRecord, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";

/** The selector of a workload as text: `app=web,tier in (a,b)`. ReplicationControllers have labels only. */
export function selectorText(selector: unknown): string {
  if (!isRecord(selector)) return "";
  const isPlain = !isRecord(selector["matchLabels"]) && !Array.isArray(selector["matchExpressions"]);
  const labels = isPlain ? selector : recordOf(selector["matchLabels"]);
  const terms = [
    ...Object.entries(labels).map(([key, value]) => ({ key, text: `${key}=${String(value)}` })),
    ...elementsOf(selector, "matchExpressions").map((expression) => ({
      key: textOf(expression, "key") ?? "",
      text: expressionText(expression),
    })),
  ];
  return terms
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ text }) => text)
    .join(",");
}

function expressionText(expression: unknown): string {
  const key = textOf(expression, "key") ?? "";
  const values = textsOf(expression, "values").toSorted().join(",");
  switch (fieldOf(expression, "operator")) {
    case "In":
      return `${key} in (${values})`;
    case "NotIn":
      return `${key} notin (${values})`;
    case "DoesNotExist":
      return `!${key}`;
    default:
      return key;
  }
}

function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}
