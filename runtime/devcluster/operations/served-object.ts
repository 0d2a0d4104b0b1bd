import { apiVersionOf } from "#resources/api-resource.ts";
import type { ApiObject } from "../api-object.ts";
import type { ServedResource } from "../registry/served-resource.ts";

/** Gives objects in the version that was asked for (conversion strategy `None`), one form per object and version. */
export class ServedObjects {
  readonly #forms = new WeakMap<ApiObject, Map<string, ApiObject>>();

  of(resource: ServedResource, object: ApiObject): ApiObject {
    const apiVersion = apiVersionOf(resource);
    if (object.apiVersion === apiVersion) return object;
    const forms = this.#forms.get(object) ?? new Map<string, ApiObject>();
    const form = forms.get(apiVersion) ?? { ...object, apiVersion };
    this.#forms.set(object, forms.set(apiVersion, form));
    return form;
  }
}
