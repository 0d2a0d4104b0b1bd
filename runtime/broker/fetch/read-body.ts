import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { BODY_LIMIT_BYTES } from "./fetch-request.ts";

/** Thrown when a body is longer than a handler gets. Nothing of it is kept. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
  readonly code = "TOO_LARGE";
}

const DECODERS = new Map([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["deflate", createInflate],
  ["br", createBrotliDecompress],
]);

/** For `accept-encoding`. */
export const KNOWN_ENCODINGS = "gzip, deflate, br";

export function isDecoded(encoding: string): boolean {
  return DECODERS.has(nameOf(encoding));
}

/** The whole body, decoded. Stops at the limit, of what was sent as of what it stands for, and throws. */
export async function readBody(body: Readable, encoding: string): Promise<Buffer> {
  const decoder = DECODERS.get(nameOf(encoding))?.();
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) chunks.push(chunk);
  };
  if (decoder) await pipeline(body, limited, decoder, limited, collect);
  else await pipeline(body, limited, collect);
  return Buffer.concat(chunks);
}

async function* limited(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT_BYTES) throw new BodyTooLargeError(`its answer has more than ${BODY_LIMIT_BYTES} bytes`);
    yield chunk;
  }
}

function nameOf(encoding: string): string {
  return encoding.trim().toLowerCase();
}
