import { elementsOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { withMetadata, type ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import { requireNoFaults } from "../../registry/invalid-error.ts";
import { storedVersions } from "../../registry/definitions/accepted-names.ts";
import { definitionCauses } from "../../registry/definitions/definition-validation.ts";
import type { KindRules } from "../kind-rules.ts";

/** Keeps the definition until its custom resources are gone. */
export const CUSTOM_RESOURCE_CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

export const crdRules: KindRules = {
  prepareCreate(definition) {
    const named = withNames(definition);
    requireNoFaults(named, definitionCauses(named));
    const status = { conditions: null, acceptedNames: { plural: "", kind: "" } };
    return { ...named, status: { ...status, storedVersions: storedVersions(definition) } };
  },
  prepareUpdate(definition, before, subresource) {
    if (subresource !== "") return definition;
    const named = withNames(definition);
    requireNoFaults(named, definitionCauses(named, before));
    const status = { ...recordAt(definition, "status"), storedVersions: storedVersions(definition) };
    return { ...named, status };
  },
  prepareDelete(marked, before, { now }) {
    if (before.metadata.deletionTimestamp !== undefined) return marked;
    const { finalizers = [] } = marked.metadata;
    return {
      ...withMetadata(marked, {
        finalizers: finalizers.includes(CUSTOM_RESOURCE_CLEANUP)
          ? finalizers
          : [...finalizers, CUSTOM_RESOURCE_CLEANUP],
        deletionGracePeriodSeconds: undefined,
        generation: before.metadata.generation,
      }),
      status: withTermination(recordAt(marked, "status"), now),
    };
  },
};

function withTermination(status: JsonRecord, now: string): JsonRecord {
  const conditions = elementsOf(status, "conditions").filter(
    (condition) => textOf(condition, "type") !== "Terminating",
  );
  const terminating = {
    type: "Terminating",
    status: "True",
    lastTransitionTime: now,
    reason: "InstanceDeletionPending",
    message: "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
  };
  return { ...status, conditions: [...conditions, terminating] };
}

/** What follows from the kind where it is not said. */
function withNames(definition: ApiObject): ApiObject {
  const spec = recordAt(definition, "spec");
  const names = recordAt(spec, "names");
  const kind = textOf(names, "kind") ?? "";
  return {
    ...definition,
    spec: {
      ...spec,
      names: {
        ...names,
        singular: names["singular"] || kind.toLowerCase(),
        listKind: names["listKind"] || `${kind}List`,
      },
      conversion: spec["conversion"] ?? { strategy: "None" },
    },
  };
}
