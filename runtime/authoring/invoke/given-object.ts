/** An object that a person wrote down, as the API server would send it: what is harmless to make up is made up. */
import { isRecord, type JsonRecord, textOf } from "#kernel/json-value.ts";
import { parseManifest } from "#kubernetes/manifest.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { formatKey } from "#resources/object-key.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { GivenText, InvokeRequest } from "./invoke-request.ts";

export interface ReadObject {
  readonly object: JsonRecord;
  readonly apiVersion: string;
  readonly kind: string;
}

export interface GivenObjects {
  readonly object: ReadObject | undefined;
  readonly old: ReadObject | undefined;
}

type Failed = {
  readonly type: "failed";
  /** Says what to do. */
  readonly message: string;
};

/** What was given of the event's objects. */
export function readGiven({
  object,
  old,
}: Pick<InvokeRequest, "object" | "old">): ({ readonly type: "read" } & GivenObjects) | Failed {
  const read = [object, old].map((given) => given && readObject(given));
  const problem = read.find((one) => one?.type === "failed");
  if (problem?.type === "failed") return problem;
  const [first, second] = read.map((one) => (one?.type === "read" ? one : undefined));
  return { type: "read", object: first, old: second };
}

/** The one object in a text, with what names its kind and itself. */
function readObject({ name, text }: GivenText): ({ readonly type: "read" } & ReadObject) | Failed {
  const manifest = parseManifest(text);
  if (manifest.type === "invalid") return failed(name, `it is neither YAML nor JSON: ${manifest.reason}`);
  const [object, ...others] = manifest.documents;
  if (others.length > 0) return failed(name, `it holds ${others.length + 1} objects. Give one`);
  if (!isRecord(object)) return failed(name, "it holds no object. Give one");
  const [apiVersion, kind] = [textOf(object, "apiVersion"), textOf(object, "kind")];
  if (apiVersion === undefined) return failed(name, `it has no apiVersion. Add one such as "v1"`);
  if (kind === undefined) return failed(name, `it has no kind. Add one such as "Pod"`);
  if (Array.isArray(object["items"])) return failed(name, `it is a list (${kind}). Give one object`);
  if (!textOf(object["metadata"], "name")) return failed(name, "it has no metadata.name. Add one");
  return { type: "read", object, apiVersion, kind };
}

function failed(name: string, fact: string): Failed {
  return { type: "failed", message: `Cannot use the object of "${name}": ${fact}.` };
}

/** What the API server fills in. */
export interface Defaults {
  readonly resource: Pick<ApiResource, "namespaced">;
  readonly namespace: string;
  /** RFC 3339. */
  readonly now: string;
}

const UID = "00000000-0000-0000-0000-000000000000";

export function rawObjectOf(object: JsonRecord, { resource, namespace: otherwise, now }: Defaults): RawObject {
  const given = isRecord(object["metadata"]) ? object["metadata"] : {};
  const name = textOf(given, "name") ?? "";
  const namespace = resource.namespaced ? (textOf(given, "namespace") ?? otherwise) : "";
  const uid = textOf(given, "uid") ?? UID;
  const resourceVersion = textOf(given, "resourceVersion") ?? "1";
  const creationTimestamp = textOf(given, "creationTimestamp") ?? now;
  const metadata = { ...given, ...(namespace !== "" && { namespace }), uid, resourceVersion, creationTimestamp };
  const bytes = Buffer.from(JSON.stringify({ ...object, metadata }));
  return {
    key: formatKey({ namespace, name }),
    namespace,
    name,
    uid,
    resourceVersion,
    labels: labelsOf(given["labels"]),
    ownerUids: [],
    bytes: () => bytes,
  };
}

function labelsOf(labels: unknown): Readonly<Record<string, string>> {
  if (!isRecord(labels)) return {};
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
