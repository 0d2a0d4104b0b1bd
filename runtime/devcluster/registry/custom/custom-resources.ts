import { elementsOf, fieldOf, isRecord, numberOf, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { customSchema } from "./custom-schema.ts";
import type { CustomResource, PrinterColumn, ScalePaths, ServedResource, Subresource } from "../served-resource.ts";
import { byVersionPriority } from "#resources/version-priority.ts";
import { recordAt } from "../../record-at.ts";

const VERBS = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
const SUBRESOURCE_VERBS = ["get", "patch", "update"];

/** What a CustomResourceDefinition with its defaults lets the server serve: a resource a version, the preferred one first. */
export function servedResources(definition: JsonRecord): ServedResource[] {
  const spec = recordAt(definition, "spec");
  return elementsOf(spec, "versions")
    .filter(isRecord)
    .filter((version) => fieldOf(version, "served") === true)
    .toSorted((a, b) => byVersionPriority(textOf(a, "name") ?? "", textOf(b, "name") ?? ""))
    .map((version) => servedResource(spec, version));
}

function servedResource(spec: JsonRecord, version: JsonRecord): ServedResource {
  const names = recordAt(spec, "names");
  const [group, kind, plural] = [
    textOf(spec, "group") ?? "",
    textOf(names, "kind") ?? "",
    textOf(names, "plural") ?? "",
  ];
  const warning = deprecationWarning(spec, version);
  return {
    group,
    version: textOf(version, "name") ?? "",
    plural,
    singular: textOf(names, "singular") ?? kind.toLowerCase(),
    kind,
    listKind: textOf(names, "listKind") ?? `${kind}List`,
    shortNames: textsOf(names, "shortNames"),
    categories: textsOf(names, "categories"),
    namespaced: textOf(spec, "scope") === "Namespaced",
    verbs: VERBS,
    storage: `${plural}.${group}`,
    schema: customSchema(fieldOf(fieldOf(version, "schema"), "openAPIV3Schema")),
    subresources: subresourcesOf(group, kind, version),
    selectableFields: elementsOf(version, "selectableFields").map((field) =>
      (textOf(field, "jsonPath") ?? "").replace(/^\./, ""),
    ),
    ...(warning !== undefined && { deprecationWarning: warning }),
    custom: customOf(version),
  };
}

function subresourcesOf(group: string, kind: string, version: JsonRecord): Record<string, Subresource> {
  const wanted = recordAt(version, "subresources");
  const own = { kind, group, version: textOf(version, "name") ?? "", verbs: SUBRESOURCE_VERBS };
  return {
    ...(isRecord(wanted["status"]) && { status: own }),
    ...(isRecord(wanted["scale"]) && {
      scale: { kind: "Scale", group: "autoscaling", version: "v1", verbs: SUBRESOURCE_VERBS },
    }),
  };
}

function customOf(version: JsonRecord): CustomResource {
  const columns = elementsOf(version, "additionalPrinterColumns").map(columnOf);
  return {
    columns: columns.length === 0 ? undefined : columns,
    scale: scaleOf(recordAt(version, "subresources")["scale"]),
  };
}

function columnOf(column: unknown): PrinterColumn {
  const [format, description] = [textOf(column, "format"), textOf(column, "description")];
  const priority = numberOf(column, "priority");
  return {
    name: textOf(column, "name") ?? "",
    type: textOf(column, "type") ?? "",
    ...(format !== undefined && { format }),
    ...(description !== undefined && { description }),
    ...(priority !== undefined && { priority }),
    jsonPath: textOf(column, "jsonPath") ?? "",
  };
}

function scaleOf(scale: unknown): ScalePaths | undefined {
  if (!isRecord(scale)) return undefined;
  const labelSelectorPath = textOf(scale, "labelSelectorPath");
  return {
    specReplicasPath: textOf(scale, "specReplicasPath") ?? "",
    statusReplicasPath: textOf(scale, "statusReplicasPath") ?? "",
    ...(labelSelectorPath !== undefined && { labelSelectorPath }),
  };
}

/** What every request for a deprecated version is warned of. */
function deprecationWarning(spec: JsonRecord, version: JsonRecord): string | undefined {
  if (fieldOf(version, "deprecated") !== true) return undefined;
  const named = (name: unknown): string =>
    `${textOf(spec, "group") ?? ""}/${String(name)} ${textOf(recordAt(spec, "names"), "kind") ?? ""}`;
  const own = textOf(version, "name") ?? "";
  const [better] = elementsOf(spec, "versions")
    .filter((one) => fieldOf(one, "served") === true && fieldOf(one, "deprecated") !== true)
    .map((one) => textOf(one, "name") ?? "")
    .filter((name) => byVersionPriority(name, own) < 0)
    .toSorted(byVersionPriority);
  const advice = better === undefined ? "" : `; use ${named(better)}`;
  return textOf(version, "deprecationWarning") ?? `${named(own)} is deprecated${advice}`;
}
