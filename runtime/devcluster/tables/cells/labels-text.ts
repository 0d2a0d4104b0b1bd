import { isRecord } from "#kernel/json-value.ts";
import { selectorText } from "../../selector-text.ts";
import { NONE } from "../column.ts";

/** Labels as `a=b,c=d`. */
export function labelsText(labels: unknown): string {
  const entries = isRecord(labels) ? Object.entries(labels) : [];
  const texts = entries.map(([key, value]) => `${key}=${String(value)}`).sort();
  return texts.join(",") || NONE;
}

/** As `selectorText`, and a word for one without terms. */
export function selectorCell(selector: unknown): string {
  return selectorText(selector) || NONE;
}
