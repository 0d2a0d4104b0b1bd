/** Fields of messages, written by hand. */

export function bytesField(number: number, value: Uint8Array | string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([varint((BigInt(number) << 3n) | 2n), varint(BigInt(bytes.length)), bytes]);
}

export function numberField(number: number, value: number | bigint): Buffer {
  return Buffer.concat([varint(BigInt(number) << 3n), varint(BigInt.asUintN(64, BigInt(value)))]);
}

export function message(...fields: readonly Uint8Array[]): Buffer {
  return Buffer.concat(fields);
}

/** A request's body. */
export function body(apiVersion: string, kind: string, raw: Uint8Array): Buffer {
  const typeMeta = message(bytesField(1, apiVersion), bytesField(2, kind));
  return message(Buffer.from("k8s\0"), bytesField(1, typeMeta), bytesField(2, raw));
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 0x7fn; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(left)]);
}
