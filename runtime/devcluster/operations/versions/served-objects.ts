import { apiVersionOf } from "#resources/api-resource.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import { autoscalerConversion } from "./autoscaler-conversion.ts";
import type { Conversion } from "./conversion.ts";
import { eventConversion } from "./event-conversion.ts";

/** Versions that differ from what is stored in more than their name. By storage and version. */
const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  "events events.k8s.io/v1": eventConversion,
  "horizontalpodautoscalers.autoscaling autoscaling/v1": autoscalerConversion,
};

/** Gives objects in the version that was asked for, one form per object and version. */
export class ServedObjects {
  readonly #forms = new WeakMap<ApiObject, Map<string, ApiObject>>();

  of(resource: ServedResource, stored: ApiObject): ApiObject {
    const apiVersion = apiVersionOf(resource);
    if (stored.apiVersion === apiVersion) return stored;
    const forms = this.#forms.get(stored) ?? new Map<string, ApiObject>();
    const form = forms.get(apiVersion) ?? served(resource, stored, apiVersion);
    this.#forms.set(stored, forms.set(apiVersion, form));
    return form;
  }

  /** The form that is stored. */
  stored({ storage }: ServedResource, object: ApiObject): ApiObject {
    return CONVERSIONS[`${storage} ${object.apiVersion}`]?.toStored(object) ?? object;
  }
}

/** Custom resources are converted by their name alone (conversion strategy `None`). */
function served({ storage }: ServedResource, stored: ApiObject, apiVersion: string): ApiObject {
  return CONVERSIONS[`${storage} ${apiVersion}`]?.toServed(stored) ?? { ...stored, apiVersion };
}
