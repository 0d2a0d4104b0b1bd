import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { Patch } from "../../../operations/api-operations.ts";
import { cannotUnmarshal } from "./go-types.ts";
import { parseContentType } from "../media-type.ts";
import { badRequest, unsupportedMediaType } from "../request-errors.ts";
import { readYaml } from "./yaml-text.ts";

export type PatchType = Patch["type"];

/** Throws 415 for what is no patch, in the words of the front that serves the resource. */
export function patchTypeOf(contentType: string, custom: boolean): PatchType {
  const type = PATCH_TYPES[parseContentType(contentType)?.type ?? ""];
  if (custom && (type === undefined || type === "strategic")) {
    throw unsupportedMediaType(
      `the body of the request was in an unknown format - accepted media types include: ${CUSTOM_PATCH_TYPES}`,
    );
  }
  if (type === undefined) throw unsupportedMediaType("415: Unsupported Media Type", {});
  return type;
}

/** Throws 400 for a body that is no such patch. What it does to an object is not looked at. */
export function patchFrom(type: PatchType, bytes: Buffer): Patch {
  const value = type === "apply" ? applied(bytes) : parsed(bytes);
  if (type === "json") return { type, operations: operationsOf(value) };
  if (type === "merge" && value === null) throw badRequest("Invalid JSON Patch");
  const patch = value ?? {};
  if (!isRecord(patch)) throw badRequest(`${PREFIXES[type]}${cannotUnmarshal(patch, "map[string]interface {}")}`);
  return type === "apply" ? { type, configuration: patch } : { type, patch };
}

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  "application/json-patch+json": "json",
  "application/merge-patch+json": "merge",
  "application/strategic-merge-patch+json": "strategic",
  "application/apply-patch+yaml": "apply",
};

const CUSTOM_PATCH_TYPES = "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml";

const PREFIXES = {
  apply: "error decoding patch: error unmarshaling JSON: while decoding JSON: ",
  merge: "error decoding patch: ",
  strategic: "",
};

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw badRequest("invalid JSON patch");
  }
}

/** Most clients send JSON, which is YAML too, and read much faster. */
function applied(bytes: Buffer): unknown {
  const text = bytes.toString();
  try {
    return JSON.parse(text);
  } catch {
    const yaml = readYaml(text);
    if (yaml.type === "read") return yaml.value;
    throw badRequest(`error decoding patch: error converting YAML to JSON: yaml: ${yaml.reason}`);
  }
}

function operationsOf(value: unknown): readonly JsonRecord[] {
  if (value === null) return [];
  if (!Array.isArray(value))
    throw badRequest(`error decoding patch: ${cannotUnmarshal(value, "[]handlers.jsonPatchOp")}`);
  return value.map((operation: unknown) => {
    if (operation === null) return {};
    if (isRecord(operation)) return operation;
    throw badRequest(`error decoding patch: ${cannotUnmarshal(operation, "handlers.jsonPatchOp")}`);
  });
}
