/** Patches of an object by its own content. Server-side apply needs to know who owns what: `apply/apply.ts`. */
import type { JsonRecord } from "#kernel/json-value.ts";
import { StatusError } from "../api-status.ts";
import type { Patch } from "../operations/api-operations.ts";
import type { Schema } from "../schema/schema.ts";
import { jsonPatch } from "./json-patch.ts";
import { mergePatch } from "./merge-patch.ts";
import { strategicMergePatch } from "./strategic-merge-patch.ts";

export type ContentPatch = Exclude<Patch, { readonly type: "apply" }>;

/** What the current object becomes. It is not validated, and defaults are not filled in. */
export function applyPatch(
  current: JsonRecord,
  patch: ContentPatch,
  schema: Schema,
  { isCustom }: { readonly isCustom: boolean },
): JsonRecord {
  switch (patch.type) {
    case "json":
      return jsonPatch(current, patch.operations);
    case "merge":
      return mergePatch(current, patch.patch);
    case "strategic":
      if (isCustom) throw unsupported();
      return strategicMergePatch(current, patch.patch, schema);
  }
}

function unsupported(): StatusError {
  const accepted = ["application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"];
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`;
  return new StatusError(415, "UnsupportedMediaType", message);
}
