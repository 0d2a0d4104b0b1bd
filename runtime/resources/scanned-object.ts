/**
 * The port between a scan and whoever stores what it found: one object inside a reader's buffer, cut into byte ranges
 * without having been parsed. It lives until the callback that received it returns; the next frame reuses it.
 */
export interface ScannedObject {
  /** `""` where the object does not say. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** The JSON text of `metadata.labels`; `""` if there are none. */
  readonly labelsText: string;
  /** The JSON text of `metadata.ownerReferences`; `""` if there are none. */
  readonly ownerReferencesText: string;
  /** The JSON text of `metadata.annotations`; `""` if there are none. */
  readonly annotationsText: string;
  /** Bytes that `copyInto` writes: the object without `managedFields`, with `kind` and `apiVersion` filled in. */
  readonly byteLength: number;
  /** Writes the object's JSON at `offset` and returns the offset behind it. */
  copyInto(target: Buffer, offset: number): number;
}
