import { createHash } from "node:crypto";

/** Upstream: `FieldManagerMaxLength` of apimachinery's meta/v1 validation, in bytes. */
const MAX_CHARACTERS = 128;
const HASH_CHARACTERS = 12;

/**
 * Who owns the fields that a handler writes: `informd:billing/invoice-paid`. A name that the API server would not take (longer than
 * 128 bytes, not printable) is cut to ASCII and ends in a hash of the whole id, so that no two handlers share one.
 */
export function fieldManagerOf(handler: string): string {
  const name = `informd:${handler}`;
  if (name.length <= MAX_CHARACTERS && /^[ -~]*$/.test(name)) return name;
  const hash = createHash("sha256").update(handler).digest("hex").slice(0, HASH_CHARACTERS);
  const printable = name.replaceAll(/[^ -~]/g, "_");
  return `${printable.slice(0, MAX_CHARACTERS - HASH_CHARACTERS - 1)}-${hash}`;
}
