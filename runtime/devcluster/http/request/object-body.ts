import { load } from "js-yaml";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import type { Patch } from "../../operations/api-operations.ts";
import { parseMediaType } from "./media-type.ts";
import type { ApiServerDeps } from "../ports.ts";
import { badRequest, unsupportedMediaType } from "./request-errors.ts";

export interface RequestBody {
  /** The header, empty without one. */
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** The object in a body of a create or an update. */
export function objectFrom(body: RequestBody, kind: string, deps: Pick<ApiServerDeps, "decodeProtobuf">): JsonRecord {
  try {
    return decode(body, deps);
  } catch (error) {
    if (!(error instanceof MalformedBody)) throw error;
    const data = summary(body.bytes);
    throw badRequest(`the object provided is unrecognized (must be of type ${kind}): ${error.message} (${data})`);
  }
}

/** The options in the body of a delete; `undefined` without a body. */
export function deleteOptionsFrom(
  body: RequestBody,
  deps: Pick<ApiServerDeps, "decodeProtobuf">,
): JsonRecord | undefined {
  if (body.bytes.length === 0) return undefined;
  try {
    return decode(body, deps);
  } catch (error) {
    throw error instanceof MalformedBody ? badRequest(error.message) : error;
  }
}

export type PatchType = Patch["type"];

/** Throws 415 for what is no patch. */
export function patchTypeOf(contentType: string): PatchType {
  const type = PATCH_TYPES[parseMediaType(contentType)?.type ?? ""];
  if (type === undefined) throw unsupportedMediaType("415: Unsupported Media Type", {});
  return type;
}

export function patchFrom(type: PatchType, bytes: Buffer): Patch {
  const value = type === "apply" ? yamlPatch(bytes) : jsonPatch(bytes);
  if (type === "json") return { type, operations: operationsOf(value) };
  const patch = value ?? {};
  if (!isRecord(patch)) {
    const prefix = {
      apply: "error decoding patch: error unmarshaling JSON: while decoding JSON: ",
      merge: "error decoding patch: ",
      strategic: "",
    };
    throw badRequest(
      `${prefix[type]}json: cannot unmarshal ${goKind(patch)} into Go value of type map[string]interface {}`,
    );
  }
  return type === "apply" ? { type, configuration: patch } : { type, patch };
}

/** A body that no object can be read from; the message is the real server's. */
class MalformedBody extends Error {}

const BODY_TYPES = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  "application/json-patch+json": "json",
  "application/merge-patch+json": "merge",
  "application/strategic-merge-patch+json": "strategic",
  "application/apply-patch+yaml": "apply",
};

function decode({ contentType, bytes }: RequestBody, deps: Pick<ApiServerDeps, "decodeProtobuf">): JsonRecord {
  const type = contentType === "" ? "application/json" : (parseMediaType(contentType)?.type ?? "");
  switch (type) {
    case "application/json":
      return object(json(bytes));
    case "application/yaml":
      return object(yaml(bytes));
    case "application/vnd.kubernetes.protobuf":
      return protobuf(bytes, deps);
    default:
      throw unsupportedMediaType(
        `the body of the request was in an unknown format - accepted media types include: ${BODY_TYPES}`,
      );
  }
}

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw new MalformedBody(`couldn't get version/kind; json parse error: ${reasonOf(error)}`);
  }
}

function yaml(bytes: Buffer): unknown {
  try {
    return load(bytes.toString());
  } catch (error) {
    throw new MalformedBody(`yaml: ${reasonOf(error)}`);
  }
}

function object(value: unknown): JsonRecord {
  if (value === null || value === undefined) return {};
  if (isRecord(value)) return value;
  throw new MalformedBody(
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${goKind(value)} into Go value of type ` +
      'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
  );
}

const PROTOBUF_PREFIX = Buffer.from("k8s\0");

function protobuf(bytes: Buffer, deps: Pick<ApiServerDeps, "decodeProtobuf">): JsonRecord {
  if (!bytes.subarray(0, PROTOBUF_PREFIX.length).equals(PROTOBUF_PREFIX)) {
    throw new MalformedBody("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
  }
  return deps.decodeProtobuf(bytes);
}

function jsonPatch(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw badRequest("invalid JSON patch");
  }
}

function yamlPatch(bytes: Buffer): unknown {
  try {
    return load(bytes.toString());
  } catch (error) {
    throw badRequest(`error decoding patch: error converting YAML to JSON: yaml: ${reasonOf(error)}`);
  }
}

function operationsOf(value: unknown): readonly JsonRecord[] {
  if (value === null) return [];
  if (!Array.isArray(value)) {
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${goKind(value)} into Go value of type []handlers.jsonPatchOp`,
    );
  }
  return value.map((operation: unknown) => {
    if (isRecord(operation)) return operation;
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${goKind(operation)} into Go value of type handlers.jsonPatchOp`,
    );
  });
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text === "Unexpected end of JSON input" ? "unexpected end of JSON input" : text;
}

const SUMMARY_BYTES = 30;

function summary(bytes: Buffer): string {
  if (bytes.length === 0) return "<empty>";
  const start = bytes.subarray(0, SUMMARY_BYTES);
  const text = start.toString(bytes[0] === 0x7b ? "utf8" : "hex");
  return bytes.length > SUMMARY_BYTES ? `${text} ...` : text;
}
