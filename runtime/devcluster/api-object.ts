import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { formatKey } from "#resources/object-key.ts";

/** A Kubernetes object as JSON. Nothing changes one in place: a change is a new object that shares what stayed. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** What the server itself reads of `metadata`; further members are carried along. */
export interface ObjectMetadata {
  readonly name: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly generateName?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
  readonly [field: string]: unknown;
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly time?: string;
  readonly fieldsType: "FieldsV1";
  readonly fieldsV1: JsonRecord;
  readonly subresource?: string;
}

/** It has the form of an object. What its kind says about its members is not looked at. */
export function isApiObject(value: unknown): value is ApiObject {
  return (
    isRecord(value) &&
    typeof value["apiVersion"] === "string" &&
    typeof value["kind"] === "string" &&
    isRecord(value["metadata"])
  );
}

/** `namespace/name`, or `name`: what names it within its resource. */
export function keyOf({ metadata: { namespace = "", name } }: ApiObject): string {
  return formatKey({ namespace, name });
}

type MetadataChanges = { readonly [Member in keyof ObjectMetadata]?: ObjectMetadata[Member] | undefined };

/** The object with these members of its metadata set; `undefined` takes one away. */
export function withMetadata(object: ApiObject, changes: MetadataChanges): ApiObject {
  return { ...object, metadata: withMembers(object.metadata, changes) };
}

/** The record with these members set; `undefined` takes one away. */
export function withMembers<T extends JsonRecord>(record: T, changes: JsonRecord): T {
  const next: Record<string, unknown> = { ...record };
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) delete next[key];
    else next[key] = value;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing but members of the record's own kind is set
  return next as T;
}

/** What a request's body holds, whether or not it is a whole object: members are read, never trusted. */
export function metadataOf(body: JsonRecord): JsonRecord {
  return isRecord(body["metadata"]) ? body["metadata"] : {};
}
