import { elementsOf, fieldOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../api-object.ts";
import { recordAt } from "../record-at.ts";
import { invalidField, requireValid, type FieldProblem } from "./invalid-object.ts";
import type { KindRules } from "./kind-rules.ts";

/** Keeps the definition until its custom resources are gone. */
export const CUSTOM_RESOURCE_CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

export const crdRules: KindRules = {
  prepareCreate: (definition) => ({
    ...withNames(definition),
    status: {
      conditions: null,
      acceptedNames: { plural: "", kind: "" },
      storedVersions: storageVersions(definition),
    },
  }),
  prepareUpdate(definition, before, subresource) {
    if (subresource !== "") return definition;
    const next = withStoredVersion(withNames(definition));
    requireValid(next, immutableProblems(next, before));
    return next;
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

/** Objects may be stored already, under these names. */
function immutableProblems(definition: ApiObject, before: ApiObject): readonly FieldProblem[] {
  const changed = (member: string, now: unknown, then: unknown): readonly FieldProblem[] =>
    now === then ? [] : [invalidField(`spec.${member}`, now, "field is immutable")];
  const [spec, old] = [recordAt(definition, "spec"), recordAt(before, "spec")];
  const [names, oldNames] = [recordAt(spec, "names"), recordAt(old, "names")];
  return [
    ...(isEstablished(before) ? changed("scope", spec["scope"], old["scope"]) : []),
    ...(isEstablished(before) ? changed("names.kind", names["kind"], oldNames["kind"]) : []),
    ...changed("group", spec["group"], old["group"]),
    ...changed("names.plural", names["plural"], oldNames["plural"]),
  ];
}

function isEstablished({ status }: ApiObject): boolean {
  return elementsOf(status, "conditions").some(
    (condition) => textOf(condition, "type") === "Established" && textOf(condition, "status") === "True",
  );
}

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

/** Objects may be stored in a version until somebody has moved them all. */
function withStoredVersion(definition: ApiObject): ApiObject {
  const status = recordAt(definition, "status");
  const before = elementsOf(status, "storedVersions");
  const added = storageVersions(definition).filter((version) => !before.includes(version));
  return added.length === 0
    ? definition
    : withMembers(definition, { status: { ...status, storedVersions: [...before, ...added] } });
}

function storageVersions({ spec }: ApiObject): readonly string[] {
  return elementsOf(spec, "versions")
    .filter((version) => fieldOf(version, "storage") === true)
    .flatMap((version) => textOf(version, "name") ?? []);
}
