import type { ApiObject } from "../api-object.ts";
import type { StatusCause } from "../api-status.ts";
import { validateBuiltIn } from "./built-in-validation.ts";
import { validateCustom } from "./custom-validation.ts";
import type { ServedResource } from "./served-resource.ts";
import { recordAt } from "./validation/field-checks.ts";
import { metadataUpdateCauses } from "./validation/metadata-causes.ts";

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
  if (resource.custom) return validateCustom(resource, object, old);
  if (old === undefined || replaced?.subresource === "") return validateBuiltIn(resource, object, old);
  return metadataUpdateCauses(recordAt(object, "metadata"), recordAt(old, "metadata"), true);
}
