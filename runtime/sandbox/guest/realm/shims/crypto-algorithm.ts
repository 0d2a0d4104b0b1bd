import { DOMException } from "./dom-exception.ts";

/** What Node calls a hash, the block of its HMAC, and the name of that in a JWK. */
export interface Hash {
  readonly name: string;
  readonly node: string;
  readonly blockBits: number;
  readonly jwk: string;
}

const HASHES: readonly Hash[] = [
  { name: "SHA-1", node: "sha1", blockBits: 512, jwk: "HS1" },
  { name: "SHA-256", node: "sha256", blockBits: 512, jwk: "HS256" },
  { name: "SHA-384", node: "sha384", blockBits: 1024, jwk: "HS384" },
  { name: "SHA-512", node: "sha512", blockBits: 1024, jwk: "HS512" },
];

/** An algorithm is a name or an object with one; names have no case. Throws a `NotSupportedError` for any but these. */
export function hashOf(algorithm: unknown): Hash {
  const name = nameOf(algorithm);
  const hash = HASHES.find((hash) => hash.name === name);
  if (!hash)
    throw notSupported(
      `"${name}" is no hash that crypto.subtle has here`,
      HASHES.map((hash) => hash.name),
    );
  return hash;
}

/** The only one that has keys. */
export function needHmac(algorithm: unknown): void {
  const name = nameOf(algorithm);
  if (name !== "HMAC") throw notSupported(`"${name}" is no algorithm that crypto.subtle has here`, ["HMAC"]);
}

/** `{ name: "HMAC", hash, length? }`: what keys are imported and made with. */
export function hmacParamsOf(algorithm: unknown): { readonly hash: Hash; readonly lengthBits: number | undefined } {
  needHmac(algorithm);
  const { hash, length } = fieldsOf(algorithm);
  if (hash === undefined) throw new TypeError('Cannot read an algorithm: "hash" is required');
  if (length === undefined) return { hash: hashOf(hash), lengthBits: undefined };
  const lengthBits = Number(length);
  if (!Number.isSafeInteger(lengthBits) || lengthBits < 0)
    throw new TypeError(`Cannot read a key's length: ${lengthBits}`);
  return { hash: hashOf(hash), lengthBits };
}

export function notSupported(fact: string, there: readonly string[]): DOMException {
  return new DOMException(`${fact}; there is ${there.join(", ")}`, "NotSupportedError");
}

function nameOf(algorithm: unknown): string {
  const name = typeof algorithm === "string" ? algorithm : fieldsOf(algorithm).name;
  if (typeof name !== "string")
    throw new TypeError('Cannot read an algorithm: it must be a text, or have one as "name"');
  return name.toUpperCase();
}

function fieldsOf(value: unknown): { readonly name?: unknown; readonly hash?: unknown; readonly length?: unknown } {
  return typeof value === "object" && value !== null ? value : {};
}
