/** As in generated names: no vowels. */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

export const POD_TEMPLATE_HASH = "pod-template-hash";

/** A short text that differs where the value does. Not the one that a real controller would compute. */
export function templateHash(value: unknown, salt = 0): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(`${JSON.stringify(value)}${salt === 0 ? "" : salt}`))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return Array.from(String(hash), (digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join("");
}
