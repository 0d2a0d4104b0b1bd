import { bytesOf } from "./text-coding.ts";

/** What the web calls a `BufferSource`. Throws a `TypeError` for anything else. @param what for its message: `the data` */
export function bytesGiven(what: string, value: unknown): Uint8Array {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return bytesOf(value);
  throw new TypeError(`Cannot read ${what}: it must be an ArrayBuffer, a typed array or a DataView`);
}
