import type { ApiObject } from "../../api-object.ts";
import type { Target } from "../api-operations.ts";
import { parseFieldSelector } from "./field-selector.ts";
import { parseLabelSelector } from "./label-selector.ts";

/** Which objects of a resource a request means. */
export interface Selection {
  /** Only a namespace narrows it, if anything. */
  readonly isUnfiltered: boolean;
  includes(object: ApiObject): boolean;
}

/** Of the request's namespace, name and selectors. Throws 400 for a selector that cannot be read. */
export function selectionOf(
  { resource, namespace, name }: Target,
  { labelSelector, fieldSelector }: { readonly labelSelector: string; readonly fieldSelector: string },
): Selection {
  const labels = parseLabelSelector(labelSelector);
  const fields = parseFieldSelector(fieldSelector, resource);
  return {
    isUnfiltered: labels.isEverything && fields.isEverything && name === "",
    includes: (object) =>
      (namespace === "" || object.metadata.namespace === namespace) &&
      (name === "" || object.metadata.name === name) &&
      (labels.isEverything || labels.matches(object.metadata.labels ?? {})) &&
      (fields.isEverything || fields.matches(object)),
  };
}
