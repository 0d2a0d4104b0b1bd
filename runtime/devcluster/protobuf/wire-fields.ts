/** What a field of a message holds: 64 bits or bytes. */
export interface WireField {
  readonly number: number;
  /** 0: varint, 1: 64 bits, 2: bytes, 5: 32 bits. */
  readonly wireType: number;
  /** The lower and the upper 32 bits of a number, unsigned. */
  readonly low: number;
  readonly high: number;
  readonly bytes: Uint8Array;
}

type Bits = Pick<WireField, "low" | "high">;

/** The number as a signed one of 64 bits. From 2^53 on the nearest that JavaScript has. */
export function int64Of({ low, high }: Bits): number {
  return (high | 0) * 2 ** 32 + low;
}

function unsigned({ low, high }: Bits): number {
  return high * 2 ** 32 + low;
}

/** Thrown when bytes are no message of the expected type; the reader of the body answers with it. */
export class MalformedMessage extends Error {
  override readonly name = "MalformedMessage";
  readonly code = "MALFORMED_MESSAGE";
}

export const NO_BYTES = new Uint8Array(0);

const UNEXPECTED_END = "unexpected EOF";
const ZERO: Bits = { low: 0, high: 0 };

/** The fields of one message in the order of the bytes. */
export function readWireFields(message: Uint8Array): readonly WireField[] {
  const fields: WireField[] = [];
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  while (at < message.length) fields.push(readField());
  return fields;

  function readField(): WireField {
    const tag = readVarint();
    const number = (tag.low >>> 3) | (tag.high << 29);
    const wireType = tag.low & 7;
    if (number <= 0) throw new MalformedMessage(`proto: illegal tag ${number} (wire type ${unsigned(tag)})`);
    if (wireType === 0) return { number, wireType, ...readVarint(), bytes: NO_BYTES };
    if (wireType === 1) return { number, wireType, low: readFixed32(), high: readFixed32(), bytes: NO_BYTES };
    if (wireType === 2) return { number, wireType, ...ZERO, bytes: readBytes() };
    if (wireType === 5) return { number, wireType, low: readFixed32(), high: 0, bytes: NO_BYTES };
    throw new MalformedMessage(`proto: illegal wireType ${wireType}`);
  }

  function readVarint(): Bits {
    let [low, high] = [0, 0];
    for (let shift = 0; shift < 64; shift += 7) {
      const byte = message[advance(1)] ?? 0;
      const bits = byte & 0x7f;
      if (shift < 32) low |= bits << shift;
      if (shift > 25) high |= shift < 32 ? bits >>> (32 - shift) : bits << (shift - 32);
      if (byte < 0x80) return { low: low >>> 0, high: high >>> 0 };
    }
    throw new MalformedMessage("proto: integer overflow");
  }

  function readFixed32(): number {
    return view.getUint32(advance(4), true);
  }

  function readBytes(): Uint8Array {
    const length = readVarint();
    if (length.high >>> 31 === 1) throw new MalformedMessage("proto: negative length found during unmarshaling");
    const start = advance(unsigned(length));
    return message.subarray(start, at);
  }

  /** Where the next `count` bytes begin. */
  function advance(count: number): number {
    const start = at;
    if (count > message.length - start) throw new MalformedMessage(UNEXPECTED_END);
    at += count;
    return start;
  }
}
