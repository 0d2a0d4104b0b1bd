/** What a `Request` or a `Response` is made of, as bytes or as a stream of them. */
import { ReadableStream } from "../shims/readable-stream.ts";
import { bytesOf } from "../shims/text-coding.ts";
import { URLSearchParams } from "../shims/url-search-params.ts";
import { encodeUtf8 } from "../shims/utf8.ts";
import { Blob, joined } from "./blob.ts";
import { FormData } from "./form-data.ts";
import { encodeMultipart } from "./multipart.ts";

const MIB = 2 ** 20;

export type Content =
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  | { readonly type: "stream"; readonly stream: ReadableStream };

export interface ExtractedBody {
  readonly content: Content;
  /** `""` if it has none of its own. */
  readonly contentType: string;
}

/** What the standard takes as a body. Anything else is a text. */
export function extractBody(body: unknown): ExtractedBody {
  if (body instanceof Blob) return asBytes(Blob.bytesOf(body), body.type);
  if (body instanceof FormData) {
    const boundary = `----formdata-informd-${crypto.randomUUID()}`;
    return asBytes(encodeMultipart(body, boundary), `multipart/form-data; boundary=${boundary}`);
  }
  if (body instanceof URLSearchParams) {
    return asBytes(encodeUtf8(body.toString()), "application/x-www-form-urlencoded;charset=UTF-8");
  }
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return asBytes(bytesOf(body).slice(), "");
  if (body instanceof ReadableStream) {
    if (body.locked || ReadableStream.isDisturbed(body)) throw new TypeError("The stream is locked or was read before");
    return { content: { type: "stream", stream: body }, contentType: "" };
  }
  if (isAsyncIterable(body)) {
    return { content: { type: "stream", stream: ReadableStream.from(body) }, contentType: "" };
  }
  return asBytes(encodeUtf8(String(body)), "text/plain;charset=UTF-8");
}

/** Throws a `RangeError` as soon as there are more bytes than `limitBytes`. */
export async function readStream(stream: ReadableStream, limitBytes = Infinity): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const { value } = next;
    if (!(value instanceof Uint8Array)) throw new TypeError("A stream that is a body must give Uint8Arrays");
    length += value.length;
    if (length > limitBytes) {
      await reader.cancel();
      throw bodyTooLarge(limitBytes);
    }
    parts.push(value);
  }
  return joined(parts);
}

export function bodyTooLarge(limitBytes: number): RangeError {
  const message = `Cannot fetch: the body of the request has more than ${limitBytes / MIB} MiB, which is the limit`;
  return Object.assign(new RangeError(message), { code: "TOO_LARGE" });
}

function asBytes(bytes: Uint8Array, contentType: string): ExtractedBody {
  return { content: { type: "bytes", bytes }, contentType };
}

function isAsyncIterable(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
