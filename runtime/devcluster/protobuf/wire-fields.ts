/** What a field of a message holds: a number (varint, or the bits of a fixed one) or bytes. */
export interface WireField {
  readonly number: number;
  /** 0: varint, 1: 64 bits, 2: bytes, 5: 32 bits. */
  readonly wireType: number;
  readonly bits: bigint;
  readonly bytes: Uint8Array;
}

/** Thrown when bytes are no message of the expected type; the reader of the body answers with it. */
export class MalformedMessage extends Error {
  override readonly name = "MalformedMessage";
  readonly code = "MALFORMED_MESSAGE";
}

export const NO_BYTES = new Uint8Array(0);

const UNEXPECTED_END = "unexpected EOF";
const MAX_VARINT_BYTES = 10;

/** The fields of one message in the order of the bytes. */
export function readWireFields(message: Uint8Array): readonly WireField[] {
  const fields: WireField[] = [];
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  while (at < message.length) fields.push(readField());
  return fields;

  function readField(): WireField {
    const tag = BigInt.asUintN(64, readVarint());
    const number = Number(BigInt.asIntN(32, tag >> 3n));
    const wireType = Number(tag & 7n);
    if (number <= 0) throw new MalformedMessage(`proto: illegal tag ${number} (wire type ${tag})`);
    if (wireType === 0) return { number, wireType, bits: readVarint(), bytes: NO_BYTES };
    if (wireType === 1) return { number, wireType, bits: view.getBigUint64(advance(8), true), bytes: NO_BYTES };
    if (wireType === 2) return { number, wireType, bits: 0n, bytes: readBytes() };
    if (wireType === 5) return { number, wireType, bits: BigInt(view.getUint32(advance(4), true)), bytes: NO_BYTES };
    throw new MalformedMessage(`proto: illegal wireType ${wireType}`);
  }

  function readVarint(): bigint {
    let value = 0n;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = view.getUint8(advance(1));
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return value;
    }
    throw new MalformedMessage("proto: integer overflow");
  }

  function readBytes(): Uint8Array {
    const length = BigInt.asIntN(64, readVarint());
    if (length < 0n) throw new MalformedMessage("proto: negative length found during unmarshaling");
    const start = advance(Number(length));
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
