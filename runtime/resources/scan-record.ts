/** Where a scan leaves what it found: ranges of the buffer that it walked, `[start, end)`, two numbers a slot. */
export const Slot = {
  type: 0,
  object: 2,
  apiVersion: 4,
  kind: 6,
  metadata: 8,
  name: 10,
  namespace: 12,
  uid: 14,
  resourceVersion: 16,
  labels: 18,
  ownerReferences: 20,
  annotations: 22,
  /** What to leave out so that `managedFields` is gone: its key, its value and one comma. */
  managedFields: 24,
} as const;

export type Slot = (typeof Slot)[keyof typeof Slot];

const RECORD_LENGTH = 26;

/**
 * The port of a scan: walks one JSON text and fills `record`, without making an object or a string.
 * A walk returns false for a text that is malformed or unusual; `record` is worthless then.
 */
export interface Walk {
  /** A range holds a value of the expected type. `start` > 0 and `end` = 0: the key is there with another type. */
  readonly record: Int32Array;
  /** One watch event, `{"type":…,"object":{…}}`, and nothing but whitespace around it. */
  frame(buffer: Buffer, start: number, end: number): boolean;
  /** The Kubernetes object that begins at or after `start`, whatever follows it. */
  object(buffer: Buffer, start: number, end: number): boolean;
}

export function emptyRecord(): Int32Array {
  return new Int32Array(RECORD_LENGTH);
}
