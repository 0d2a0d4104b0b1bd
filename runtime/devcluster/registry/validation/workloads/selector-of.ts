import { elementsOf, fieldOf, isRecord, textOf, textsOf } from "#kernel/json-value.ts";
import { labelSelectorOf, type LabelSelector } from "#resources/label-selector.ts";

/** The selector of an object's field, in which `selectorCauses` has found nothing wrong. */
export function selectorOf(selector: unknown): LabelSelector {
  const labels = fieldOf(selector, "matchLabels");
  return labelSelectorOf({
    matchLabels: Object.fromEntries(
      Object.entries(isRecord(labels) ? labels : {}).map(([key, value]) => [key, String(value)]),
    ),
    matchExpressions: elementsOf(selector, "matchExpressions").map((one) => ({
      key: textOf(one, "key") ?? "",
      operator: textOf(one, "operator") ?? "",
      values: textsOf(one, "values"),
    })),
  });
}
