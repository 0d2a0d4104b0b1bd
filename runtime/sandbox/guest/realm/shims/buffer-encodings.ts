import { fromBase64, toBase64 } from "./base64.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

interface Encoding {
  readonly encode: (text: string) => Uint8Array<ArrayBuffer>;
  readonly decode: (bytes: Uint8Array) => string;
}

const latin1: Encoding = {
  encode: (text) => Uint8Array.from(text, (character) => character.charCodeAt(0)),
  decode: (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""),
};

const utf8: Encoding = { encode: encodeUtf8, decode: (bytes) => decodeUtf8(bytes, false) };

const utf16le: Encoding = {
  encode(text) {
    const bytes = new Uint8Array(text.length * 2);
    for (let index = 0; index < text.length; index++) {
      bytes[index * 2] = text.charCodeAt(index);
      bytes[index * 2 + 1] = text.charCodeAt(index) >> 8;
    }
    return bytes;
  },
  decode(bytes) {
    let text = "";
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      text += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
    }
    return text;
  },
};

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  utf8,
  "utf-8": utf8,
  utf16le,
  "utf-16le": utf16le,
  ucs2: utf16le,
  latin1,
  binary: latin1,
  ascii: { encode: latin1.encode, decode: (bytes) => latin1.decode(bytes.map((byte) => byte & 0x7f)) },
  hex: {
    encode: (text) => Uint8Array.from(text.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16)),
    decode: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  },
  base64: { encode: fromBase64, decode: toBase64 },
  base64url: {
    encode: fromBase64,
    decode: (bytes) => toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
  },
};

/** Throws a `TypeError` for an encoding that `Buffer` does not know. */
export function encodingOf(name: string): Encoding {
  const encoding = findEncoding(name);
  if (!encoding) throw Object.assign(new TypeError(`Unknown encoding: ${name}`), { code: "ERR_UNKNOWN_ENCODING" });
  return encoding;
}

export function isEncoding(name: unknown): boolean {
  return typeof name === "string" && findEncoding(name) !== undefined;
}

function findEncoding(name: string): Encoding | undefined {
  const known = name.toLowerCase();
  return Object.hasOwn(ENCODINGS, known) ? ENCODINGS[known] : undefined;
}
