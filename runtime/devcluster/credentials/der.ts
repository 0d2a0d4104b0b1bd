/** ASN.1 values as DER bytes: what a certificate needs, each function one type (X.690). */

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return value(0x30, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Buffer {
  return value(0x31, ...parts);
}

/** A constructed value under a context tag: `[3] EXPLICIT`. */
export function explicit(tag: number, content: Uint8Array): Buffer {
  return value(0xa0 | tag, content);
}

/** A primitive value under a context tag: `[2] IMPLICIT`. */
export function implicit(tag: number, content: Uint8Array): Buffer {
  return value(0x80 | tag, content);
}

export function boolean(truth: boolean): Buffer {
  return value(0x01, Buffer.of(truth ? 0xff : 0x00));
}

/** @param magnitude big-endian, of a number that is not negative */
export function integer(magnitude: Uint8Array): Buffer {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Buffer.of(0) : magnitude.subarray(first);
  // The top bit is the sign.
  return (digits[0] ?? 0) >= 0x80 ? value(0x02, Buffer.of(0), digits) : value(0x02, digits);
}

/** @param unusedBits how many bits at the end of the last byte do not count */
export function bitString(content: Uint8Array, unusedBits = 0): Buffer {
  return value(0x03, Buffer.of(unusedBits), content);
}

export function octetString(content: Uint8Array): Buffer {
  return value(0x04, content);
}

export function utf8String(text: string): Buffer {
  return value(0x0c, Buffer.from(text));
}

/** @param dotted for example `2.5.29.15` */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return value(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** In whole seconds, as certificates have it: UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export function time(epochMs: number): Buffer {
  const iso = new Date(epochMs).toISOString();
  const digits = `${iso.slice(0, 19).replaceAll(/[-T:]/g, "")}Z`;
  return digits < "2050" ? value(0x17, Buffer.from(digits.slice(2))) : value(0x18, Buffer.from(digits));
}

function value(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), length(content.length), content]);
}

function length(count: number): Buffer {
  if (count < 0x80) return Buffer.of(count);
  const bytes: number[] = [];
  for (let left = count; left > 0; left >>>= 8) bytes.unshift(left & 0xff);
  return Buffer.of(0x80 | bytes.length, ...bytes);
}

function base128(part: number): number[] {
  const bytes = [part & 0x7f];
  for (let left = part >>> 7; left > 0; left >>>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}
