import { toBase64 } from "./base64.ts";
import { fromBinaryText, toBinaryText } from "./binary-text.ts";
import { bytesGiven } from "./bytes-given.ts";
import { hmacParamsOf, notSupported } from "./crypto-algorithm.ts";
import { CryptoKey, type HeldKey, type KeyUsage } from "./crypto-key.ts";
import { DOMException } from "./dom-exception.ts";
import { jwkBytes } from "./jwk.ts";

const USAGES: readonly KeyUsage[] = ["sign", "verify"];
/** The web's other usages and formats, which secrets for HMAC do not have. */
const OTHER_USAGES = ["encrypt", "decrypt", "deriveKey", "deriveBits", "wrapKey", "unwrapKey"];
const OTHER_FORMATS = ["pkcs8", "spki"];

/** Makes, reads and writes HMAC keys. */
export class HmacKeys {
  readonly #held = new WeakMap<object, HeldKey>();
  readonly #random: (bytes: Uint8Array) => unknown;

  /** @param random fills bytes */
  constructor(random: (bytes: Uint8Array) => unknown) {
    this.#random = random;
  }

  generate(algorithm: unknown, extractable: unknown, usages: unknown): CryptoKey {
    const { hash, lengthBits = hash.blockBits } = hmacParamsOf(algorithm);
    const allowed = usagesOf(usages);
    if (lengthBits === 0) throw new DOMException("A key's length cannot be 0", "OperationError");
    const bytes = new Uint8Array(wholeBytes(lengthBits));
    this.#random(bytes);
    return this.#add({ secret: toBinaryText(bytes), hash, extractable: Boolean(extractable), usages: allowed });
  }

  import(format: unknown, data: unknown, algorithm: unknown, extractable: unknown, usages: unknown): CryptoKey {
    const isJwk = needFormat(format) === "jwk";
    const { hash, lengthBits } = hmacParamsOf(algorithm);
    const wanted = { hash, extractable: Boolean(extractable), usages: usagesOf(usages) };
    const secret = toBinaryText(isJwk ? jwkBytes(data, wanted) : bytesGiven("the key", data));
    if (secret === "") throw new DOMException("A key's length cannot be 0", "DataError");
    if (lengthBits !== undefined && (lengthBits === 0 || wholeBytes(lengthBits) !== secret.length)) {
      throw new DOMException(`The key has not the length of ${lengthBits} bits`, "DataError");
    }
    return this.#add({ secret, ...wanted });
  }

  export(format: unknown, key: unknown): ArrayBuffer | object {
    const isJwk = needFormat(format) === "jwk";
    const { secret, hash, extractable, usages } = this.held(key);
    if (!extractable) throw new DOMException("The key is not extractable", "InvalidAccessError");
    const bytes = fromBinaryText(secret);
    if (!isJwk) return bytes.buffer;
    const k = toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    return { key_ops: [...usages], ext: true, alg: hash.jwk, kty: "oct", k };
  }

  /** Of a key that may be used so. */
  heldFor(usage: KeyUsage, key: unknown): HeldKey {
    const held = this.held(key);
    if (held.usages.includes(usage)) return held;
    throw new DOMException(`The usages of the key do not name "${usage}"`, "InvalidAccessError");
  }

  held(key: unknown): HeldKey {
    const held = typeof key === "object" && key !== null ? this.#held.get(key) : undefined;
    if (!held) throw new TypeError("The key is no CryptoKey of crypto.subtle");
    return held;
  }

  #add(held: HeldKey): CryptoKey {
    const { secret, hash, extractable, usages } = held;
    const key = new CryptoKey(
      { name: "HMAC", hash: { name: hash.name }, length: secret.length * 8 },
      extractable,
      usages,
    );
    this.#held.set(key, held);
    return key;
  }
}

/** In the web's order, each once. */
function usagesOf(usages: unknown): readonly KeyUsage[] {
  if (!Array.isArray(usages)) throw new TypeError("The usages of a key are no array");
  for (const usage of usages) {
    if (USAGES.includes(usage)) continue;
    if (OTHER_USAGES.includes(usage)) throw new DOMException(`A key for HMAC is not to "${usage}"`, "SyntaxError");
    throw new TypeError(`"${String(usage)}" is no usage of a key`);
  }
  if (usages.length === 0) throw new DOMException("The usages of a secret key cannot be empty", "SyntaxError");
  return USAGES.filter((usage) => usages.includes(usage));
}

function needFormat(format: unknown): "raw" | "jwk" {
  if (format === "raw" || format === "jwk") return format;
  const other = OTHER_FORMATS.find((other) => other === format);
  if (other !== undefined) throw notSupported(`"${other}" is no format of a secret`, ["raw", "jwk"]);
  throw new TypeError(`"${String(format)}" is no format of a key`);
}

function wholeBytes(bits: number): number {
  if (bits % 8 === 0) return bits / 8;
  throw notSupported(`A key of ${bits} bits is not there`, ["any number of whole bytes"]);
}
