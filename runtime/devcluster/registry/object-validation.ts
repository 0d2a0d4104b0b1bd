import type { ApiObject } from "../api-object.ts";
import type { StatusCause } from "../api-status.ts";
import { validateBuiltIn } from "./built-in-validation.ts";
import { validateCustom } from "./custom-validation.ts";
import type { ServedResource } from "./served-resource.ts";

/**
 * What the server would refuse of an object that has its defaults, as the causes of a 422; none: it is taken.
 * @param old what it replaces
 */
export function validateObject(resource: ServedResource, object: ApiObject, old?: ApiObject): StatusCause[] {
  return resource.custom ? validateCustom(resource, object, old) : validateBuiltIn(resource, object, old);
}
