const REPLACEMENT = 0xfffd;

/** Characters that become text at once: strings that grow one by one take a multiple of their size. */
const CHUNK = 4096;

/** A string as UTF-8; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(byteLength(text));
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at++] = unit;
      continue;
    }
    const code = text.codePointAt(index) ?? 0;
    if (code > 0xffff) index++;
    at = writeCodePoint(bytes, at, code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code);
  }
  return bytes;
}

/** UTF-8 as a string. Throws a `TypeError` for malformed bytes if `fatal`; else they become U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, fatal: boolean): string {
  const units = new Uint16Array(CHUNK);
  let text = "";
  let count = 0;
  for (let at = 0; at < bytes.length;) {
    if (count > CHUNK - 2) {
      text += toText(units.subarray(0, count));
      count = 0;
    }
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      units[count++] = lead;
      at++;
      continue;
    }
    const { code, length } = readSequence(bytes, at, lead);
    if (code === undefined && fatal) throw new TypeError("The encoded data was not valid for encoding utf-8");
    const shown = code ?? REPLACEMENT;
    if (shown > 0xffff) units[count++] = 0xd7c0 + (shown >> 10);
    units[count++] = shown > 0xffff ? 0xdc00 | (shown & 0x3ff) : shown;
    at += length;
  }
  return text + toText(units.subarray(0, count));
}

function toText(units: Uint16Array): string {
  const text: unknown = Reflect.apply(String.fromCharCode, undefined, units);
  return String(text);
}

/** Bytes at the end that begin a sequence whose rest may follow. */
export function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function byteLength(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // A pair of surrogates: two units, four bytes.
    if (unit >= 0x80) length += unit < 0x800 || isPaired(text, index, unit) ? 1 : 2;
  }
  return length;
}

function isPaired(text: string, index: number, unit: number): boolean {
  if (unit >= 0xd800 && unit < 0xdc00) return isBetween(text.charCodeAt(index + 1), 0xdc00, 0xdfff);
  return unit >= 0xdc00 && unit < 0xe000 && isBetween(text.charCodeAt(index - 1), 0xd800, 0xdbff);
}

function isBetween(unit: number, lowest: number, highest: number): boolean {
  return unit >= lowest && unit <= highest;
}

function writeCodePoint(bytes: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    bytes[at] = code;
    return at + 1;
  }
  const length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  const marker = length === 2 ? 0xc0 : length === 3 ? 0xe0 : 0xf0;
  bytes[at] = marker | (code >> (6 * (length - 1)));
  for (let index = 1; index < length; index++) bytes[at + index] = 0x80 | ((code >> (6 * (length - 1 - index))) & 0x3f);
  return at + length;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xc2 && lead <= 0xdf ? 2 : 1;
}

/** The code point at `at`; without one, how many bytes a single U+FFFD stands for (WHATWG: the longest valid beginning). */
function readSequence(bytes: Uint8Array, at: number, lead: number): { code: number | undefined; length: number } {
  const length = sequenceLength(lead);
  if (length === 1) return { code: undefined, length: 1 };
  let code = lead & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index];
    if (byte === undefined || byte < lowest(lead, index) || byte > highest(lead, index)) {
      return { code: undefined, length: index };
    }
    code = (code << 6) | (byte & 0x3f);
  }
  return { code, length };
}

/** The second byte is narrower where the sequence would be too long or a surrogate. */
function lowest(lead: number, index: number): number {
  if (index !== 1) return 0x80;
  return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
}

function highest(lead: number, index: number): number {
  if (index !== 1) return 0xbf;
  return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
}
