import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw, type InputType, type ZlibOptions } from "node:zlib";
import { BODY_LIMIT_BYTES } from "./fetch-request.ts";

/** Thrown when a body is longer than a handler gets. Nothing of it is kept. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
  readonly code = "TOO_LARGE";

  constructor() {
    super(`its answer has more than ${BODY_LIMIT_BYTES} bytes`);
  }
}

type Decode = (encoded: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const zlibInflate: Decode = promisify<InputType, ZlibOptions, Buffer>(inflate);
const rawInflate: Decode = promisify<InputType, ZlibOptions, Buffer>(inflateRaw);
const gzip: Decode = promisify<InputType, ZlibOptions, Buffer>(gunzip);
const brotli: Decode = promisify(brotliDecompress);

const DECODERS = new Map<string, Decode>([
  ["gzip", gzip],
  ["x-gzip", gzip],
  ["deflate", deflate],
  ["br", brotli],
]);

/** For `accept-encoding`. */
export const KNOWN_ENCODINGS = "gzip, deflate, br";

export interface Body {
  readonly content: Buffer;
  /** The content is no longer what its headers say. */
  readonly isDecoded: boolean;
}

/** The whole body, decoded if there is one. Stops at the limit, of what was sent as of what it stands for, and throws. */
export async function readBody(body: Readable, encoding: string): Promise<Body> {
  const sent = await collect(body);
  const decode = DECODERS.get(encoding.trim().toLowerCase());
  // Of HEAD, 204 and 304 the encoding is said of a body that does not come.
  if (!decode || sent.length === 0) return { content: sent, isDecoded: false };
  try {
    return { content: await decode(sent, { maxOutputLength: BODY_LIMIT_BYTES }), isDecoded: true };
  } catch (error) {
    const isTooLarge = error instanceof RangeError && Reflect.get(error, "code") === "ERR_BUFFER_TOO_LARGE";
    throw isTooLarge ? new BodyTooLargeError() : error;
  }
}

async function collect(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT_BYTES) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Some servers send it without the header of zlib (RFC 1950), in which the low bits of the first byte are 8, and browsers read that as well. */
function deflate(encoded: Buffer, options: { readonly maxOutputLength: number }): Promise<Buffer> {
  return ((encoded[0] ?? 0) & 0x0f) === 8 ? zlibInflate(encoded, options) : rawInflate(encoded, options);
}
