import { isRecord, type JsonRecord, parseJson, textOf } from "#kernel/json-value.ts";
import { type ApiObject, metadataOf } from "../../api-object.ts";
import type { Schema } from "../../schema/schema.ts";
import { goJson } from "../go-json.ts";
import { fieldChanges } from "../field-sets/field-changes.ts";
import { difference, type FieldSet, NO_FIELDS, union } from "../field-sets/field-set.ts";
import { fieldSetOf } from "../field-sets/field-set-of.ts";

/** Where client-side `kubectl apply` keeps what it applied. */
const ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

/** The only manager for whom the server looks after the annotation. */
export const KUBECTL = "kubectl";

/** What kubectl itself applied from the client and nobody changed since: no conflict for it, whoever is said to own it. */
export function lastAppliedFields(live: JsonRecord, schema: Schema): FieldSet {
  const applied = parseJson(textOf(metadataOf(live)["annotations"], ANNOTATION) ?? "");
  if (!isRecord(applied)) return NO_FIELDS;
  const { changed, removed } = fieldChanges(live, applied, schema);
  return difference(fieldSetOf(applied, schema), union(changed, removed));
}

/** The object with the annotation renewed, if it has one: a later client-side apply goes on from there. */
export function withLastApplied(object: ApiObject, configuration: JsonRecord): ApiObject {
  const annotations = object.metadata.annotations;
  if (annotations === undefined || !Object.hasOwn(annotations, ANNOTATION)) return object;
  const text = `${goJson(withoutAnnotation(configuration))}\n`;
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [ANNOTATION]: text } } };
}

function withoutAnnotation(configuration: JsonRecord): JsonRecord {
  const metadata = metadataOf(configuration);
  const annotations = metadata["annotations"];
  if (!isRecord(annotations)) return configuration;
  const { [ANNOTATION]: _, ...rest } = annotations;
  return { ...configuration, metadata: { ...metadata, annotations: rest } };
}
