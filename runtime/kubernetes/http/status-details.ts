import { elementsOf, numberOf, textOf } from "#kernel/json-value.ts";
import type { StatusCause, StatusDetails } from "../request-failure.ts";

/** An invalid object of a thousand containers has a thousand causes; nobody reads them. */
const MAX_CAUSES = 32;
const MAX_CHARACTERS = 1_024;

/** The `details` of a `Status` as small plain JSON. */
export function statusDetails(details: unknown): StatusDetails {
  const causes = elementsOf(details, "causes").slice(0, MAX_CAUSES).map(cause);
  const retryAfterSeconds = numberOf(details, "retryAfterSeconds") ?? 0;
  return {
    ...texts(details, ["name", "group", "kind", "uid"]),
    ...(causes.length > 0 && { causes }),
    ...(retryAfterSeconds > 0 && { retryAfterSeconds }),
  };
}

function cause(value: unknown): StatusCause {
  return texts(value, ["reason", "message", "field"]);
}

type TextMember = "name" | "group" | "kind" | "uid" | "reason" | "message" | "field";

/** The members that are texts and not empty. */
function texts(value: unknown, names: readonly TextMember[]): { readonly [name in TextMember]?: string } {
  const found: { [name in TextMember]?: string } = {};
  for (const name of names) {
    const text = textOf(value, name)?.slice(0, MAX_CHARACTERS) ?? "";
    if (text !== "") found[name] = text;
  }
  return found;
}
