/** Objects in the forms that clients ask for: as they are, as rows of a table, or their metadata alone. */
import type { JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import type { ApiObject } from "../../api-object.ts";
import type { ObjectList } from "../../operations/api-operations.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import type { AcceptedForm } from "../request/negotiation.ts";
import type { TableForm } from "../ports.ts";
import { goPackage } from "../request/body/object-type.ts";
import { badRequest, notAcceptable } from "../request/request-errors.ts";

/** Which part of an object a row of a table carries: the query's `includeObject`. */
export type IncludeObject = "None" | "Metadata" | "Object";

export interface DocumentForm extends AcceptedForm {
  readonly resource: ServedResource;
  readonly table: TableForm;
  readonly include: IncludeObject;
}

export function objectDocument(object: ApiObject, form: DocumentForm): JsonRecord {
  switch (form.as) {
    case "object":
      return object;
    case "Table":
      return table([object], { resourceVersion: object.metadata.resourceVersion }, form);
    case "PartialObjectMetadata":
      return partial(object, form.apiVersion);
    case "PartialObjectMetadataList":
      throw notAcceptable(
        `you requested PartialObjectMetadataList, but the requested object is not a list (${goType(form.resource, object.kind)})`,
      );
  }
}

export function listDocument(list: ObjectList, form: DocumentForm): JsonRecord {
  const { resource, apiVersion } = form;
  const metadata = {
    ...(form.as === "object" && resource.custom && { continue: "" }),
    resourceVersion: list.resourceVersion,
    ...(list.continueToken !== undefined && { continue: list.continueToken }),
    ...(list.remainingItemCount !== undefined && { remainingItemCount: list.remainingItemCount }),
  };
  switch (form.as) {
    case "object":
      return {
        kind: resource.listKind,
        apiVersion: apiVersionOf(resource),
        metadata,
        items: listItems(list, resource),
      };
    case "Table":
      return table(list.items, metadata, form);
    case "PartialObjectMetadataList":
      return { kind: form.as, apiVersion, metadata, items: list.items.map((item) => partial(item, apiVersion)) };
    case "PartialObjectMetadata":
      throw notAcceptable(
        `you requested PartialObjectMetadata, but the requested object is a list (${goType(resource, resource.listKind)})`,
      );
  }
}

/** Events carry one object each; a table says its columns only in the first of a watch. */
export function eventDocument(object: ApiObject, form: DocumentForm, withColumns: boolean): JsonRecord {
  if (form.as === "object") return object;
  if (form.as !== "Table") return partial(object, form.apiVersion);
  const document = table([object], { resourceVersion: object.metadata.resourceVersion }, form);
  return withColumns ? document : { ...document, columnDefinitions: null };
}

export function includeObject(query: string): IncludeObject {
  if (query === "") return "Metadata";
  if (query === "None" || query === "Metadata" || query === "Object") return query;
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: "${query}": must be 'Metadata', 'Object', 'None', or empty`,
  );
}

/** The real server leaves kind and apiVersion out of the items of built-in lists. */
function listItems({ items }: ObjectList, { custom }: ServedResource): readonly JsonRecord[] {
  if (custom) return items;
  return items.map(({ kind: _kind, apiVersion: _apiVersion, ...item }) => item);
}

function table(objects: readonly ApiObject[], metadata: JsonRecord, form: DocumentForm): JsonRecord {
  const { apiVersion, include } = form;
  const rows = objects.map((object) => {
    const { cells, conditions } = form.table.row(object);
    const shown = include === "Object" ? object : partial(object, apiVersion);
    return { cells, ...(conditions && { conditions }), object: include === "None" ? null : shown };
  });
  return { kind: "Table", apiVersion, metadata, columnDefinitions: form.table.columns, rows };
}

function partial({ metadata }: ApiObject, apiVersion: string): JsonRecord {
  return { kind: "PartialObjectMetadata", apiVersion, metadata };
}

/** How the real server calls its types in messages. */
function goType({ custom, group }: ServedResource, kind: string): string {
  if (custom) return kind.endsWith("List") ? "*unstructured.UnstructuredList" : "*unstructured.Unstructured";
  return `*${goPackage(group)}.${kind}`;
}
