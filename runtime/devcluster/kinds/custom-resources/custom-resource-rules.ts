import { fieldOf, textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { KindRules, Surroundings } from "../kind-rules.ts";
import { refused } from "../refused-object.ts";

const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

export const customResourceRules: KindRules = {
  allowsUnconditionalUpdate: false,
  prepareCreate(object, { store }) {
    const definition = definitionOf(object, store);
    if (definition?.metadata.deletionTimestamp === undefined) return object;
    const reason = "create not allowed while custom resource definition is terminating";
    throw refused(definition.metadata.name, object, reason);
  },
};

function definitionOf({ apiVersion, kind }: ApiObject, store: Surroundings["store"]): ApiObject | undefined {
  const [group] = apiVersion.split("/");
  return store
    .list(DEFINITIONS)
    .find(({ spec }) => textOf(spec, "group") === group && textOf(fieldOf(spec, "names"), "kind") === kind);
}
