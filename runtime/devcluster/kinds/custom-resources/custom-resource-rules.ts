import { fieldOf, textOf } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { KindRules, Surroundings } from "../kind-rules.ts";
import { forbidden } from "../../operations/api-errors.ts";

const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

export const customResourceRules: KindRules = {
  allowsUnconditionalUpdate: false,
  prepareCreate(object, { store }) {
    const definition = definitionOf(object, store);
    if (definition?.metadata.deletionTimestamp === undefined) return object;
    const reason = "create not allowed while custom resource definition is terminating";
    const [plural = "", ...group] = definition.metadata.name.split(".");
    throw forbidden({ group: group.join("."), plural }, object.metadata.name, reason);
  },
};

function definitionOf({ apiVersion, kind }: ApiObject, store: Surroundings["store"]): ApiObject | undefined {
  const [group] = apiVersion.split("/");
  return store
    .list(DEFINITIONS)
    .find(({ spec }) => textOf(spec, "group") === group && textOf(fieldOf(spec, "names"), "kind") === kind);
}
