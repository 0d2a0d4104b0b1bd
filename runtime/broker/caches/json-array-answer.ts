import { BadCallError } from "../errors.ts";

/** Of one answer to a read: it is copied into the handler's process and parsed there while the handler waits. */
const ANSWER_LIMIT_BYTES = 8 * 2 ** 20;

const OPEN = Buffer.from("[");
const COMMA = Buffer.from(",");
const CLOSE = Buffer.from("]");

/** A JSON array made of JSON texts, without parsing them. Throws `BadCallError` once it is over 8 MiB. */
export function jsonArrayAnswer(method: string, items: Iterable<Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = [OPEN];
  let bytes = 2;
  let count = 0;
  for (const item of items) {
    if (count > 0) parts.push(COMMA);
    parts.push(item);
    count += 1;
    bytes += item.length + 1;
    if (bytes > ANSWER_LIMIT_BYTES) {
      throw new BadCallError(
        `Cannot answer ${method}: ${count} objects are over 8 MiB already; ask for less with "fields" or "limit"`,
      );
    }
  }
  parts.push(CLOSE);
  return Buffer.concat(parts);
}
