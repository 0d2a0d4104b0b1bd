import type { HostFunctions } from "../outbox.ts";
import { fromBinaryText, toBinaryText } from "./binary-text.ts";
import { bytesGiven } from "./bytes-given.ts";
import { hashOf, needHmac, notSupported } from "./crypto-algorithm.ts";
import type { CryptoKey } from "./crypto-key.ts";
import { DOMException } from "./dom-exception.ts";
import { HmacKeys } from "./hmac-keys.ts";

type Hashes = Pick<HostFunctions, "digest" | "sign" | "verify">;

/**
 * `crypto.subtle`, as far as webhooks and checksums need it: hashes, and signatures with HMAC. The host computes, text goes there
 * and back. Everything else rejects with `NotSupportedError`.
 */
export class SubtleCrypto {
  readonly #host: Hashes;
  readonly #keys: HmacKeys;

  constructor(host: Hashes, random: (bytes: Uint8Array) => unknown) {
    this.#host = host;
    this.#keys = new HmacKeys(random);
  }

  async digest(algorithm: unknown, data: unknown): Promise<ArrayBuffer> {
    const { node } = hashOf(algorithm);
    return answer(this.#host.digest(node, toBinaryText(bytesGiven("the data", data))));
  }

  async sign(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    needHmac(algorithm);
    const { hash, secret } = this.#keys.heldFor("sign", key);
    return answer(this.#host.sign(hash.node, secret, toBinaryText(bytesGiven("the data", data))));
  }

  /** Takes as long for any signature of the right length. */
  async verify(algorithm: unknown, key: unknown, signature: unknown, data: unknown): Promise<boolean> {
    needHmac(algorithm);
    const { hash, secret } = this.#keys.heldFor("verify", key);
    const given = toBinaryText(bytesGiven("the signature", signature));
    return this.#host.verify(hash.node, secret, toBinaryText(bytesGiven("the data", data)), given);
  }

  async generateKey(algorithm: unknown, extractable: unknown, usages: unknown): Promise<CryptoKey> {
    return this.#keys.generate(algorithm, extractable, usages);
  }

  async importKey(
    format: unknown,
    data: unknown,
    algorithm: unknown,
    extractable: unknown,
    usages: unknown,
  ): Promise<CryptoKey> {
    return this.#keys.import(format, data, algorithm, extractable, usages);
  }

  async exportKey(format: unknown, key: unknown): Promise<ArrayBuffer | object> {
    return this.#keys.export(format, key);
  }

  async encrypt(): Promise<never> {
    throw notThere("encrypt");
  }

  async decrypt(): Promise<never> {
    throw notThere("decrypt");
  }

  async deriveKey(): Promise<never> {
    throw notThere("deriveKey");
  }

  async deriveBits(): Promise<never> {
    throw notThere("deriveBits");
  }

  async wrapKey(): Promise<never> {
    throw notThere("wrapKey");
  }

  async unwrapKey(): Promise<never> {
    throw notThere("unwrapKey");
  }

  get [Symbol.toStringTag](): string {
    return "SubtleCrypto";
  }
}

function notThere(method: string): DOMException {
  return notSupported(`"${method}" is not there`, ["digest", "sign and verify with HMAC"]);
}

/** The host answers with nothing when it could not compute. */
function answer(text: string): ArrayBuffer {
  if (text === "") throw new DOMException("The operation failed", "OperationError");
  return fromBinaryText(text).buffer;
}
