/**
 * Steps over JSON in bytes, without reading it. Each function looks at `buffer[at]` up to `end` and returns the offset
 * behind what it stepped over, or `NOT_FOUND` if that is not there as a whole.
 * They split, they do not validate: `[1,}` and `tru` are stepped over like what they resemble.
 */
export const NOT_FOUND = -1;

export const Byte = {
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Set in every brace and bracket's lower-case form: `[` | 0x20 = `{`, `]` | 0x20 = `}`. */
const FOLD = 0x20;

export function skipSpace(buffer: Buffer, at: number, end: number): number {
  while (at < end && isSpace(buffer[at] ?? 0)) at++;
  return at;
}

/** From behind the opening quote to behind the closing one. Control characters are refused: JSON has them escaped. */
export function stringEnd(buffer: Buffer, at: number, end: number): number {
  while (at < end) {
    const byte = buffer[at++] ?? 0;
    if (byte === Byte.quote) return at;
    if (byte === Byte.backslash) at++;
    else if (byte < Byte.space) return NOT_FOUND;
  }
  return NOT_FOUND;
}

/** One value of any kind. A number at the very end is not there as a whole: more digits may follow. */
export function valueEnd(buffer: Buffer, at: number, end: number): number {
  const first = buffer[at] ?? 0;
  if (first === Byte.quote) return stringEnd(buffer, at + 1, end);
  if ((first | FOLD) === Byte.openBrace) return nestedEnd(buffer, at, end);
  return literalEnd(buffer, at, end);
}

/**
 * Counts braces and brackets alike. The hot loop of every scan: `stringEnd` is written out in it, and `end` is looked at
 * only behind a byte that is a space or below. There is one at the latest behind the buffer, where 0 is read.
 */
function nestedEnd(buffer: Buffer, at: number, end: number): number {
  let depth = 0;
  for (;;) {
    const byte = buffer[at++] ?? 0;
    if (byte === Byte.quote) {
      for (;;) {
        const inside = buffer[at++] ?? 0;
        if (inside === Byte.quote) break;
        if (inside === Byte.backslash) at++;
        else if (inside < Byte.space) return NOT_FOUND;
      }
    } else if (byte === Byte.openBrace || byte === Byte.openBracket) {
      depth++;
    } else if (byte === Byte.closeBrace || byte === Byte.closeBracket) {
      if (--depth === 0) return at <= end ? at : NOT_FOUND;
    } else if (byte <= Byte.space && at > end) {
      return NOT_FOUND;
    }
  }
}

function literalEnd(buffer: Buffer, at: number, end: number): number {
  const start = at;
  for (; at < end; at++) {
    const byte = buffer[at] ?? 0;
    if (byte === Byte.comma || (byte | FOLD) === Byte.closeBrace || isSpace(byte)) return at > start ? at : NOT_FOUND;
  }
  return NOT_FOUND;
}

function isSpace(byte: number): boolean {
  return byte === Byte.space || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
