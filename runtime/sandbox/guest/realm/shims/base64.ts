import { DOMException } from "./dom-exception.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    text += digit(word, 18) + digit(word, 12) + (left > 1 ? digit(word, 6) : "=") + (left > 2 ? digit(word, 0) : "=");
  }
  return text;
}

/** Reads base64 and base64url, and skips what is neither. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let at = 0;
  let word = 0;
  let bits = 0;
  for (let index = 0; index < text.length && text[index] !== "="; index++) {
    const value = valueOf(text.charCodeAt(index));
    if (value < 0) continue;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (word >> bits) & 0xff;
    }
  }
  return bytes.slice(0, at);
}

export function btoa(text: unknown): string {
  const latin = String(text);
  const bytes = new Uint8Array(latin.length);
  for (let index = 0; index < latin.length; index++) {
    const code = latin.charCodeAt(index);
    if (code > 0xff) throw new DOMException("Invalid character", "InvalidCharacterError");
    bytes[index] = code;
  }
  return toBase64(bytes);
}

export function atob(text: unknown): string {
  const compact = String(text).replace(/[\t\n\f\r ]/g, "");
  const bare = compact.length % 4 === 0 ? compact.replace(/==?$/, "") : compact;
  if (bare.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(bare)) {
    throw new DOMException("The string to be decoded is not correctly encoded", "InvalidCharacterError");
  }
  return Array.from(fromBase64(bare), (byte) => String.fromCharCode(byte)).join("");
}

function digit(word: number, shift: number): string {
  return ALPHABET[(word >> shift) & 63] ?? "";
}

function valueOf(code: number): number {
  if (code === 45) return 62; // "-" of base64url
  if (code === 95) return 63; // "_" of base64url
  return ALPHABET.indexOf(String.fromCharCode(code));
}
