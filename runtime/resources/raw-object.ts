/**
 * A Kubernetes object as the runtime holds it: a small header, and the object's JSON as bytes.
 * Only the header is ever read in the host; whoever needs more parses the bytes where they are used.
 */
import type { ObjectKey } from "./object-key.ts";

export type Labels = Readonly<Record<string, string>>;

/** What the host reads of an object. */
export interface ObjectHeader extends ObjectKey {
  /** `namespace/name`, or `name` for cluster-scoped objects. */
  readonly key: string;
  readonly uid: string;
  /** Opaque: compare with `===` only. */
  readonly resourceVersion: string;
  /** Shared and frozen. Read with `Object.hasOwn`: users choose the keys. */
  readonly labels: Labels;
  /** The uids of `metadata.ownerReferences`. */
  readonly ownerUids: readonly string[];
}

export interface RawObject extends ObjectHeader {
  /**
   * The object's JSON, `kind` and `apiVersion` included, `managedFields` cut out.
   * Valid until the current tick ends: cache memory is reused. `ownedCopy` keeps it longer.
   */
  bytes(): Uint8Array;
}

/**
 * A copy that stays valid for as long as it is held.
 * @example const kept = ownedCopy(informer.lister.get("web-1", "prod"));
 */
export function ownedCopy(object: RawObject): RawObject {
  if (object instanceof OwnedObject) return object;
  return new OwnedObject(object, Buffer.from(object.bytes()));
}

/**
 * The whole object, parsed. Costs as much as the object is long.
 * @example const pods = informer.lister.list({ namespace: "prod" }).map(parseObject);
 */
export function parseObject(object: RawObject): unknown {
  const { buffer, byteOffset, length } = object.bytes();
  return JSON.parse(Buffer.from(buffer, byteOffset, length).toString());
}

class OwnedObject implements RawObject {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: Labels;
  readonly ownerUids: readonly string[];
  readonly #bytes: Uint8Array;

  constructor(header: ObjectHeader, bytes: Uint8Array) {
    this.key = header.key;
    this.namespace = header.namespace;
    this.name = header.name;
    this.uid = header.uid;
    this.resourceVersion = header.resourceVersion;
    this.labels = header.labels;
    this.ownerUids = header.ownerUids;
    this.#bytes = bytes;
  }

  bytes(): Uint8Array {
    return this.#bytes;
  }
}
