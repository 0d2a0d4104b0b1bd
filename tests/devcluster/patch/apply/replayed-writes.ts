import type { ApiObject } from "#devcluster/api-object.ts";
import { metadataOf } from "#devcluster/api-object.ts";
import { StatusError } from "#devcluster/api-status.ts";
import { applyPatch } from "#devcluster/patch/apply-patch.ts";
import { applyConfiguration } from "#devcluster/patch/apply/apply.ts";
import { fieldSetOfPaths } from "#devcluster/patch/field-sets/field-set.ts";
import { withoutNewTimes } from "#devcluster/patch/owners/managed-fields.ts";
import { recordUpdate } from "#devcluster/patch/owners/record-update.ts";
import { customSchema } from "#devcluster/registry/custom/custom-schema.ts";
import { builtInSchema } from "#devcluster/schema/built-in/built-in-schemas.ts";
import { applyDefaults } from "#devcluster/schema/defaults/default-values.ts";
import { storedForm } from "#devcluster/schema/decoding/stored-form.ts";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { WIDGET_SCHEMA } from "../../captured/widgets.ts";
import type { WriteCase, WriteStep } from "../../captured/write-case.ts";
import { type WriteAnswer, WriteAnswers } from "./write-answer.ts";

export const HEADERS = {
  configmaps: { apiVersion: "v1", kind: "ConfigMap" },
  podtemplates: { apiVersion: "v1", kind: "PodTemplate" },
  widgets: { apiVersion: "example.com/v1", kind: "Widget" },
};

const SCHEMAS = {
  configmaps: builtInSchema("core.v1.ConfigMap"),
  podtemplates: builtInSchema("core.v1.PodTemplate"),
  widgets: customSchema(WIDGET_SCHEMA),
};

/** What is written, as whole as a server wants it. */
export function wholeBody(resource: WriteCase["resource"], { type, body }: WriteStep): WriteStep["body"] {
  if (!isRecord(body) || type === "merge") return body;
  return { ...HEADERS[resource], ...body, metadata: { name: "it", ...metadataOf(body) } };
}

/** The answers of patch/ to a case's writes: what a server around it does with each is done here, shortly. */
export function replayed({ resource, steps }: WriteCase): readonly WriteAnswer[] {
  const answers = new WriteAnswers();
  let before: ApiObject | undefined;
  return steps.map((step, index) => {
    try {
      const after = written(resource, before, step, Date.UTC(2026, 0, 1, 0, 0, index));
      before = before ? withoutNewTimes(before, after) : after;
      return answers.succeeded(before);
    } catch (error) {
      if (error instanceof StatusError) return answers.failed(error.status);
      throw error;
    }
  });
}

function written(
  resource: WriteCase["resource"],
  before: ApiObject | undefined,
  step: WriteStep,
  now: number,
): ApiObject {
  const { manager, subresource, force } = step;
  const schema = SCHEMAS[resource];
  const ignored = fieldSetOfPaths(...(subresource === "status" ? [["f:metadata"], ["f:spec"]] : [["f:status"]]));
  const write = { manager, subresource, schema, now, ignored, ...HEADERS[resource] };
  const body = wholeBody(resource, step);
  if (step.type === "apply") {
    const applied = applyConfiguration(before, isRecord(body) ? body : {}, { ...write, force });
    return writtenPart(decoded(resource, applied), before, subresource);
  }
  const content = before ? patched(before, step) : isRecord(body) ? body : {};
  return recordUpdate(before, writtenPart(decoded(resource, content), before, subresource), write);
}

function patched(before: ApiObject, { type, body }: WriteStep): JsonRecord {
  const options = { isCustom: false };
  if (isRecord(body)) return applyPatch(before, { type: "merge", patch: body }, {}, options);
  return type === "json" ? applyPatch(before, { type: "json", operations: body }, {}, options) : before;
}

function decoded(resource: WriteCase["resource"], object: JsonRecord): ApiObject {
  const schema = SCHEMAS[resource];
  const { managedFields } = metadataOf(object);
  const metadata = {
    ...storedForm(builtInSchema("meta.v1.ObjectMeta"), metadataOf(object)),
    // An empty list means something here.
    ...(Array.isArray(managedFields) && { managedFields }),
  };
  const stored = resource === "widgets" ? object : storedForm(schema, object);
  return applyDefaults(schema, { ...stored, metadata }) as ApiObject;
}

function writtenPart(object: ApiObject, before: ApiObject | undefined, subresource: string): ApiObject {
  const { status, ...rest } = object;
  const { managedFields } = object.metadata;
  if (before && subresource === "status") {
    return { ...before, metadata: { ...before.metadata, ...(managedFields && { managedFields }) }, status };
  }
  return before?.["status"] === undefined ? rest : { ...object, status: before["status"] };
}
