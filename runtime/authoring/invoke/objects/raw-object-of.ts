/** An object that a person wrote down, as the API server would send it: what is harmless to make up is made up. */
import { isRecord, type JsonRecord, textOf } from "#kernel/json-value.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { formatKey } from "#resources/object-key.ts";
import type { RawObject } from "#resources/raw-object.ts";

/** What the API server fills in. */
export interface Defaults {
  readonly resource: Pick<ApiResource, "namespaced">;
  readonly namespace: string;
  /** RFC 3339. */
  readonly now: string;
}

/** @param number makes its uid another one than that of other objects */
export function rawObjectOf(
  object: JsonRecord,
  { resource, namespace: otherwise, now }: Defaults,
  number = 0,
): RawObject {
  // No cache has them.
  const { managedFields: _, ...given } = isRecord(object["metadata"]) ? object["metadata"] : {};
  const name = textOf(given, "name") ?? "";
  const namespace = resource.namespaced ? (textOf(given, "namespace") ?? otherwise) : "";
  const uid = textOf(given, "uid") ?? `${MADE_UP}${String(number).padStart(12, "0")}`;
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

const MADE_UP = "00000000-0000-0000-0000-";

/** Two states of one object, as far as is known: a uid that was made up tells nothing. */
export function isSameObject(a: RawObject, b: RawObject): boolean {
  return a.key === b.key && (a.uid === b.uid || [a, b].some(({ uid }) => uid.startsWith(MADE_UP)));
}

function labelsOf(labels: unknown): Readonly<Record<string, string>> {
  if (!isRecord(labels)) return {};
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}
