import { apiVersionOf } from "#resources/api-resource.ts";
import type { ApiObject } from "../../../api-object.ts";
import { fieldSetOfPaths, type FieldSet } from "../../../patch/field-sets/field-set.ts";
import { recordUpdate, type Update } from "../../../patch/owners/record-update.ts";
import type { Target, WriteOptions } from "../../api-operations.ts";
import { objectFormOf } from "../decoding/decode-object.ts";
import { metadataBeyondStatus } from "../../kind-facts.ts";
import type { OperationsDeps } from "../../operations-context.ts";

/** Writes down who owns the fields that a write other than an apply has changed. Nobody does, without a manager. */
export function recordWrite(
  context: Pick<OperationsDeps, "clock">,
  target: Target,
  { before, after }: { readonly before?: ApiObject; readonly after: ApiObject },
  options: Pick<WriteOptions, "fieldManager">,
): ApiObject {
  return options.fieldManager === "" ? after : recordUpdate(before, after, updateOf(context, target, options));
}

/** What the bookkeeping has to know of a write. */
export function updateOf(
  { clock }: Pick<OperationsDeps, "clock">,
  { resource, subresource }: Target,
  { fieldManager }: Pick<WriteOptions, "fieldManager">,
): Update {
  return {
    manager: fieldManager,
    apiVersion: apiVersionOf(resource),
    subresource,
    schema: objectFormOf(resource).schema,
    now: clock.now(),
    ignored: ignoredFields(resource, subresource),
  };
}

/** Upstream: `GetResetFields`. */
function ignoredFields(resource: Target["resource"], subresource: string): FieldSet {
  if (subresource === "status") {
    const beyond = metadataBeyondStatus(resource).map((member) => ["f:metadata", `f:${member}`]);
    return fieldSetOfPaths(["f:spec"], ...beyond);
  }
  return subresource === "" && resource.subresources["status"] ? fieldSetOfPaths(["f:status"]) : fieldSetOfPaths();
}
