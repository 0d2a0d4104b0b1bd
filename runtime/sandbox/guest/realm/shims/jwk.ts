import { fromBase64 } from "./base64.ts";
import { DOMException } from "./dom-exception.ts";
import type { HeldKey } from "./crypto-key.ts";

/** The secret in a JSON Web Key (RFC 7517). Throws a `DataError` for one that says something else than what is wanted. */
export function jwkBytes(data: unknown, { hash, extractable, usages }: Omit<HeldKey, "secret">): Uint8Array {
  const { kty, k, alg, use, key_ops, ext }: Jwk = typeof data === "object" && data !== null ? data : {};
  if (kty !== "oct") throw wrong("kty");
  if (typeof k !== "string") throw wrong("k");
  if (alg !== undefined && alg !== hash.jwk) throw wrong("alg");
  if (use !== undefined && use !== "sig") throw wrong("use");
  if (ext === false && extractable) throw wrong("ext");
  if (key_ops !== undefined) {
    const operations: readonly unknown[] = Array.isArray(key_ops) ? key_ops : [];
    const isTwice = new Set(operations).size !== operations.length;
    if (isTwice || usages.some((usage) => !operations.includes(usage))) throw wrong("key_ops");
  }
  return fromBase64(k);
}

interface Jwk {
  readonly kty?: unknown;
  readonly k?: unknown;
  readonly alg?: unknown;
  readonly use?: unknown;
  readonly key_ops?: unknown;
  readonly ext?: unknown;
}

function wrong(field: string): DOMException {
  return new DOMException(`The "${field}" of the JSON Web Key is not what was asked for`, "DataError");
}
