import type { Script } from "node:vm";

const PREFIX_BYTES = 4;

/** What V8 has compiled, in one piece: the length of an index, the index as JSON, then the bytes of each script. */
export function encodeCodeCache(scripts: ReadonlyMap<string, Script>): Buffer {
  const parts = Array.from(scripts, ([name, script]) => [name, script.createCachedData()] as const);
  const index = Buffer.from(JSON.stringify(parts.map(([name, { length }]) => [name, length])));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32LE(index.length);
  return Buffer.concat([prefix, index, ...parts.map(([, bytes]) => bytes)]);
}

/** Scripts by name. Empty if there is nothing. */
export function decodeCodeCache(bytes: Buffer): Map<string, Buffer> {
  if (bytes.length === 0) return new Map();
  let at = PREFIX_BYTES + bytes.readUInt32LE();
  const index: readonly (readonly [name: string, length: number])[] = JSON.parse(
    bytes.toString("utf8", PREFIX_BYTES, at),
  );
  return new Map(
    index.map(([name, length]) => {
      const from = at;
      at += length;
      return [name, bytes.subarray(from, at)];
    }),
  );
}
