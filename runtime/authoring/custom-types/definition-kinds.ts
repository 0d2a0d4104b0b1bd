import { elementsOf, fieldOf, isRecord, textOf, textsOf } from "#kernel/json-value.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { byVersionPriority } from "#resources/version-priority.ts";
import type { CustomKind } from "./custom-kind.ts";

export type DefinitionKinds =
  /** The served versions, the preferred one first. */
  | { readonly type: "kinds"; readonly kinds: readonly [CustomKind, ...CustomKind[]] }
  /** `reason` is a fact, and what to do. */
  | { readonly type: "invalid"; readonly reason: string };

const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

/** The kinds that a CustomResourceDefinition defines. */
export function kindsOfDefinition(definition: unknown): DefinitionKinds {
  const spec = fieldOf(definition, "spec");
  const names = fieldOf(spec, "names");
  const [group, plural, kind] = [textOf(spec, "group"), textOf(names, "plural"), textOf(names, "kind")];
  if (group === undefined) return invalid("it has no spec.group");
  if (plural === undefined) return invalid("it has no spec.names.plural");
  if (kind === undefined) return invalid("it has no spec.names.kind");
  const scope = textOf(spec, "scope");
  if (scope !== "Namespaced" && scope !== "Cluster") return invalid("its spec.scope is neither Namespaced nor Cluster");
  const resource: Omit<ApiResource, "version"> = {
    group,
    plural,
    singular: textOf(names, "singular") ?? kind.toLowerCase(),
    kind,
    shortNames: textsOf(names, "shortNames"),
    namespaced: scope === "Namespaced",
    verbs: VERBS,
  };
  const served = elementsOf(spec, "versions").filter((version) => fieldOf(version, "served") === true);
  const kinds = served.flatMap((version): CustomKind[] => {
    const name = textOf(version, "name");
    const schema = fieldOf(fieldOf(version, "schema"), "openAPIV3Schema");
    if (name === undefined) return [];
    return [
      {
        resource: { ...resource, version: name },
        schema: isRecord(schema) ? schema : undefined,
        references: new Map(),
      },
    ];
  });
  const [first, ...others] = kinds.sort((a, b) => byVersionPriority(a.resource.version, b.resource.version));
  return first ? { type: "kinds", kinds: [first, ...others] } : invalid("it serves no version");
}

function invalid(reason: string): DefinitionKinds {
  return { type: "invalid", reason };
}
