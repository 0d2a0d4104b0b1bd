import type { ApiObject } from "../../api-object.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import { notFound } from "../api-errors.ts";
import type { Target } from "../api-operations.ts";

/** What is stored there now. Throws 404. */
export function currentObject(store: ObjectStore, { resource, namespace, name }: Target): ApiObject {
  const object = store.get(resource.storage, { namespace, name });
  if (!object) throw notFound(resource, name);
  return object;
}
