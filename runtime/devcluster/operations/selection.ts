import { LabelSelectorError } from "#resources/label-requirement.ts";
import { parseLabelSelector } from "#resources/label-selector.ts";
import type { ApiObject } from "../api-object.ts";
import { badRequest } from "./api-errors.ts";
import type { Target } from "./api-operations.ts";
import { parseFieldSelector } from "./field-selector.ts";

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
  const labels = labelSelectorOf(labelSelector);
  const fields = parseFieldSelector(fieldSelector, resource);
  return {
    isUnfiltered: labels.isEverything && fields.isEverything && name === "",
    includes: (object) =>
      (namespace === "" || object.metadata.namespace === namespace) &&
      (name === "" || object.metadata.name === name) &&
      labels.matches(object.metadata.labels ?? {}) &&
      fields.matches(object),
  };
}

function labelSelectorOf(text: string): ReturnType<typeof parseLabelSelector> {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    if (error instanceof LabelSelectorError) throw badRequest(`unable to parse requirement: ${error.message}`);
    throw error;
  }
}
