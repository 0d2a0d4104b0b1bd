import type { Hash } from "./crypto-algorithm.ts";

export type KeyUsage = "sign" | "verify";

export interface HmacKeyAlgorithm {
  readonly name: "HMAC";
  readonly hash: { readonly name: string };
  /** Bits. */
  readonly length: number;
}

/** What only the one who made a key knows. */
export interface HeldKey {
  /** A character for each byte. */
  readonly secret: string;
  readonly hash: Hash;
  readonly extractable: boolean;
  readonly usages: readonly KeyUsage[];
}

/** The web's `CryptoKey`, as far as it is told: `crypto.subtle` keeps the secret, and knows the keys that it made. */
export class CryptoKey {
  readonly type = "secret";
  readonly algorithm: HmacKeyAlgorithm;
  readonly extractable: boolean;
  readonly usages: readonly KeyUsage[];

  constructor(algorithm: HmacKeyAlgorithm, extractable: boolean, usages: readonly KeyUsage[]) {
    this.algorithm = algorithm;
    this.extractable = extractable;
    this.usages = usages;
  }

  get [Symbol.toStringTag](): string {
    return "CryptoKey";
  }
}
