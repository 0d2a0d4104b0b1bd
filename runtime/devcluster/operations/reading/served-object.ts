import { apiVersionOf } from "#resources/api-resource.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ServedResource } from "../../registry/served-resource.ts";

/** Gives objects in the version that was asked for (conversion strategy `None`), one form per object and version. */
export class ServedObjects {
  readonly #forms = new WeakMap<ApiObject, Map<string, ApiObject>>();

  of(resource: ServedResource, stored: ApiObject): ApiObject {
    const apiVersion = apiVersionOf(resource);
    if (stored.apiVersion === apiVersion) return stored;
    const forms = this.#forms.get(stored) ?? new Map<string, ApiObject>();
    const form = forms.get(apiVersion) ?? { ...stored, apiVersion };
    this.#forms.set(stored, forms.set(apiVersion, form));
    return form;
  }

  /** The form that is stored. */
  stored(_resource: ServedResource, object: ApiObject): ApiObject {
    return object;
  }
}
