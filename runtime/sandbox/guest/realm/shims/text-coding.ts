import { decodeUtf8, encodeUtf8, incompleteTail } from "./utf8.ts";

const ENCODINGS: Readonly<Record<string, "utf-8" | "utf-16le" | "windows-1252">> = {
  utf8: "utf-8",
  "utf-8": "utf-8",
  "unicode-1-1-utf-8": "utf-8",
  "utf-16": "utf-16le",
  "utf-16le": "utf-16le",
  ascii: "windows-1252",
  latin1: "windows-1252",
  "iso-8859-1": "windows-1252",
  "windows-1252": "windows-1252",
};

export class TextEncoder {
  readonly encoding = "utf-8";

  encode(text = ""): Uint8Array {
    return encodeUtf8(text);
  }

  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    for (const character of text) {
      const bytes = encodeUtf8(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

export class TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  #kept: Uint8Array = new Uint8Array(0);
  #started = false;

  constructor(label = "utf-8", { fatal = false, ignoreBOM = false }: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const encoding = ENCODINGS[label.trim().toLowerCase()];
    if (!encoding) throw new RangeError(`The "${label}" encoding is not supported`);
    this.encoding = encoding;
    this.fatal = fatal;
    this.ignoreBOM = ignoreBOM;
  }

  decode(
    input: ArrayBuffer | ArrayBufferView = new Uint8Array(0),
    { stream = false }: { stream?: boolean } = {},
  ): string {
    const bytes = joined(this.#kept, bytesOf(input));
    const tail = stream ? this.#tailOf(bytes) : 0;
    this.#kept = bytes.slice(bytes.length - tail);
    const text = this.#toText(bytes.subarray(0, bytes.length - tail));
    const first = !this.#started;
    this.#started = stream && (this.#started || text !== "");
    return first && !this.ignoreBOM && text.startsWith("\ufeff") ? text.slice(1) : text;
  }

  #tailOf(bytes: Uint8Array): number {
    if (this.encoding === "utf-8") return incompleteTail(bytes);
    return this.encoding === "utf-16le" ? bytes.length % 2 : 0;
  }

  #toText(bytes: Uint8Array): string {
    if (this.encoding === "utf-8") return decodeUtf8(bytes, this.fatal);
    const step = this.encoding === "utf-16le" ? 2 : 1;
    let text = "";
    for (let at = 0; at + step <= bytes.length; at += step) {
      text += String.fromCharCode((bytes[at] ?? 0) | (step === 2 ? (bytes[at + 1] ?? 0) << 8 : 0));
    }
    return text;
  }
}

export function bytesOf(input: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(input)
    ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
    : new Uint8Array(input);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
