/** Bodies of creates, updates and deletes. */
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import type { Target } from "../../../operations/api-operations.ts";
import type { ApiServerDeps } from "../../ports.ts";
import { cannotUnmarshal } from "./go-types.ts";
import { jsonFault } from "./json-fault.ts";
import { parseContentType } from "../media-type.ts";
import { MalformedBody, notRegistered, requireConvertible, typeIn, type ObjectType } from "./object-type.ts";
import { badRequest, unsupportedMediaType } from "../request-errors.ts";
import { readYaml } from "./yaml-text.ts";

export type BodyType = "json" | "yaml" | "protobuf";

export interface RequestBody {
  readonly type: BodyType;
  readonly bytes: Buffer;
}

export type BodyDeps = Pick<ApiServerDeps, "decodeProtobuf" | "resources">;

/** Throws 415. @param contentType empty: JSON */
export function bodyTypeOf(contentType: string): BodyType {
  const type = contentType === "" ? "json" : BODY_TYPES[parseContentType(contentType)?.type ?? ""];
  if (type !== undefined) return type;
  const known = Object.keys(BODY_TYPES).join(", ");
  throw unsupportedMediaType(
    `the body of the request was in an unknown format - accepted media types include: ${known}`,
  );
}

/** The object in a body. Throws 400 for what is none, or is of a kind that the resource cannot hold. */
export function objectFrom(
  body: RequestBody,
  { resource, subresource }: Pick<Target, "resource" | "subresource">,
  deps: BodyDeps,
): JsonRecord {
  const { kind, ...served } = resource.subresources[subresource] ?? resource;
  const expected = { apiVersion: apiVersionOf(served), kind };
  try {
    const object = decode(body, expected, deps);
    const said = typeIn(object);
    // A Scale is of a built-in kind, whatever it scales.
    if (resource.custom && subresource !== "scale") requireType(said, expected, body.bytes);
    else requireConvertible(said, expected, served.group, deps.resources);
    return object;
  } catch (error) {
    if (!(error instanceof MalformedBody)) throw error;
    const data = summary(body.bytes);
    throw badRequest(`the object provided is unrecognized (must be of type ${kind}): ${error.message} (${data})`);
  }
}

/** The options in the body of a delete. Throws 400 for what is none. */
export function deleteOptionsFrom(body: RequestBody, deps: BodyDeps): JsonRecord {
  try {
    const options = decode(body, { apiVersion: "v1", kind: "DeleteOptions" }, deps);
    const { apiVersion, kind } = typeIn(options);
    if (kind === "" || kind === "DeleteOptions") return options;
    throw new MalformedBody(notRegistered({ apiVersion: apiVersion || "meta.k8s.io/v1", kind }));
  } catch (error) {
    throw error instanceof MalformedBody ? badRequest(error.message) : error;
  }
}

const BODY_TYPES: Readonly<Record<string, BodyType>> = {
  "application/json": "json",
  "application/yaml": "yaml",
  "application/vnd.kubernetes.protobuf": "protobuf",
};

function decode({ type, bytes }: RequestBody, expected: ObjectType, { decodeProtobuf }: BodyDeps): JsonRecord {
  switch (type) {
    case "json":
      return record(json(bytes));
    case "yaml":
      return record(yaml(bytes));
    case "protobuf":
      return decodeProtobuf(bytes, expected);
  }
}

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new MalformedBody(`couldn't get version/kind; json parse error: ${jsonFault(bytes)}`);
  }
}

function yaml(bytes: Buffer): unknown {
  const text = readYaml(bytes.toString());
  if (text.type === "read") return text.value;
  throw new MalformedBody(`yaml: ${text.reason}`);
}

const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

function record(value: unknown): JsonRecord {
  if (value === null || value === undefined) return {};
  if (isRecord(value)) return value;
  throw new MalformedBody(`couldn't get version/kind; json parse error: ${cannotUnmarshal(value, TYPE_META)}`);
}

/** Custom resources have no kind by default. */
function requireType({ apiVersion, kind }: ObjectType, expected: ObjectType, bytes: Buffer): void {
  if (kind === "") throw new MalformedBody(`Object 'Kind' is missing in '${bytes.toString()}'`);
  if (apiVersion !== "") return;
  const { apiVersion: version } = expected;
  throw badRequest(`the API version in the data () does not match the expected API version (${version})`);
}

const SUMMARY_BYTES = 30;

function summary(bytes: Buffer): string {
  if (bytes.length === 0) return "<empty>";
  const start = bytes.subarray(0, SUMMARY_BYTES);
  const text = start.toString(bytes[0] === 0x7b ? "utf8" : "hex");
  return bytes.length > SUMMARY_BYTES ? `${text} ...` : text;
}
