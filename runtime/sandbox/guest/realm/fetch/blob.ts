import { ReadableStream } from "../shims/readable-stream.ts";
import { bytesOf } from "../shims/text-coding.ts";
import { decodeUtf8, encodeUtf8 } from "../shims/utf8.ts";

type Bytes = Uint8Array<ArrayBuffer>;

interface BlobOptions {
  readonly type?: unknown;
  readonly endings?: "transparent" | "native";
}

export class Blob {
  readonly #bytes: Bytes;
  readonly #type: string;

  constructor(parts: Iterable<unknown> = [], { type = "", endings = "transparent" }: BlobOptions = {}) {
    if (typeof parts !== "object" || parts === null) throw new TypeError("A Blob is made of a list of parts");
    this.#bytes = joined(Array.from(parts, (part) => toBytes(part, endings === "native")));
    this.#type = toType(String(type));
  }

  /** Not of the standard's surface: what it holds, not to be changed. */
  static bytesOf(blob: Blob): Bytes {
    return blob.#bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  get type(): string {
    return this.#type;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes.slice().buffer;
  }

  async bytes(): Promise<Bytes> {
    return this.#bytes.slice();
  }

  async text(): Promise<string> {
    return decodeUtf8(withoutMark(this.#bytes), false);
  }

  stream(): ReadableStream {
    return streamOf(this.#bytes);
  }

  slice(start?: number, end?: number, type?: unknown): Blob {
    return new Blob([this.#bytes.slice(start, end)], type === undefined ? {} : { type });
  }
}

export class File extends Blob {
  readonly name: string;
  readonly lastModified: number;

  constructor(
    parts: Iterable<unknown>,
    name: unknown,
    options: BlobOptions & { readonly lastModified?: unknown } = {},
  ) {
    super(parts, options);
    const { lastModified = Date.now() } = options;
    this.name = String(name);
    this.lastModified = Math.trunc(Number(lastModified)) || 0;
  }
}

/** A stream of a copy, in one chunk. */
export function streamOf(bytes: Uint8Array): ReadableStream {
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes.slice());
      controller.close();
    },
  });
}

export function joined(parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Without the mark of UTF-8 at the beginning. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function toBytes(part: unknown, nativeEnds: boolean): Uint8Array {
  if (part instanceof Blob) return Blob.bytesOf(part);
  if (part instanceof ArrayBuffer || ArrayBuffer.isView(part)) return bytesOf(part);
  const text = String(part);
  return encodeUtf8(nativeEnds ? text.replace(/\r\n?/g, "\n") : text);
}

function toType(type: string): string {
  return /^[\x20-\x7e]*$/.test(type) ? type.toLowerCase() : "";
}
