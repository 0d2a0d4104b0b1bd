import { isRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { StatusCause } from "../../api-status.ts";
import { applyDefaults } from "../../schema/defaults/default-values.ts";
import { validateBuiltIn } from "./built-in-validation.ts";
import { validateCustom } from "../custom/custom-validation.ts";
import type { ServedResource } from "../served-resource.ts";
import { metadataUpdateCauses } from "./metadata-causes.ts";

export interface Replaced {
  readonly object: ApiObject;
  /** What of the object is written: `""`, `status`, … Of built-in kinds only what is wanted has rules of its own. */
  readonly subresource: string;
}

/**
 * What the server would refuse of an object that has its defaults, as the causes of a 422; none: it is taken.
 * @param replaced what it takes the place of
 */
export function validateObject(resource: ServedResource, object: ApiObject, replaced?: Replaced): StatusCause[] {
  const old = replaced?.object;
  if (resource.custom) return validateCustom(resource, object, old, replaced?.subresource);
  if (replaced && replaced.subresource !== "")
    return metadataUpdateCauses(object.metadata, replaced.object.metadata, false);
  // As the server reads it, whatever its store holds.
  const before = old && applyDefaults(resource.schema, old);
  return validateBuiltIn(resource, object, isRecord(before) ? before : undefined);
}
