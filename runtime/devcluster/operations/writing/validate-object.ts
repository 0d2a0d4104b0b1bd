import type { ApiObject } from "../../api-object.ts";
import { validateObject, type Replaced } from "../../registry/validation/object-validation.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import { requireNoFaults } from "../../registry/invalid-error.ts";

/** Throws 422 for an object that cannot be stored. */
export function requireValidObject(resource: ServedResource, object: ApiObject, replaced?: Replaced): void {
  requireNoFaults(object, validateObject(resource, object, replaced));
}
