import type { HostFunctions } from "../outbox.ts";
import { DOMException } from "./dom-exception.ts";
import { SubtleCrypto } from "./subtle-crypto.ts";

/** The standard's limit of one `getRandomValues`. */
const RANDOM_LIMIT_BYTES = 65_536;

/** `crypto`. The host has the random bytes, as hexadecimal digits, and the hashes. */
export function createCrypto(host: Pick<HostFunctions, "random" | "digest" | "sign" | "verify">): object {
  const getRandomValues = <T extends ArrayBufferView>(target: T): T => {
    if (target.byteLength > RANDOM_LIMIT_BYTES) {
      throw new DOMException(`${target.byteLength} bytes are more than ${RANDOM_LIMIT_BYTES}`, "QuotaExceededError");
    }
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    const digits = host.random(bytes.length);
    for (let index = 0; index < bytes.length; index++) bytes[index] = byteAt(digits, index);
    return target;
  };
  return {
    subtle: new SubtleCrypto(host, getRandomValues),
    getRandomValues,
    randomUUID(): string {
      const digits = host.random(16);
      const variant = ((byteAt(digits, 8) & 0x3f) | 0x80).toString(16);
      const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`];
      return [...parts, `${variant}${digits.slice(18, 20)}`, digits.slice(20)].join("-");
    },
  };
}

function byteAt(digits: string, index: number): number {
  return Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
}
