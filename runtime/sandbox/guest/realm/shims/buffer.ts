import { encodingOf, isEncoding } from "./buffer-encodings.ts";
import { bytesOf } from "./text-coding.ts";

/** Node's `Buffer` over a plain `Uint8Array`: vm2's own goes through the bridge for every byte. */
export class Buffer extends Uint8Array {
  static override from(value: unknown, encodingOrOffset?: unknown, length?: number): Buffer {
    if (typeof value === "string") {
      return wrap(encodingOf(typeof encodingOrOffset === "string" ? encodingOrOffset : "utf8").encode(value));
    }
    if (value instanceof ArrayBuffer) {
      return new Buffer(value, typeof encodingOrOffset === "number" ? encodingOrOffset : 0, length);
    }
    if (ArrayBuffer.isView(value)) return wrap(Uint8Array.from(bytesOf(value)));
    if (isBufferJson(value)) return wrap(Uint8Array.from(value.data));
    if (isArrayLike(value)) return wrap(Uint8Array.from(value));
    throw new TypeError("The first argument must be a string, a buffer or an array of bytes");
  }

  static alloc(size: number, fill: string | number | Uint8Array = 0, encoding = "utf8"): Buffer {
    const buffer = new Buffer(size);
    if (fill !== 0) repeat(buffer, typeof fill === "number" ? Uint8Array.of(fill) : toBytes(fill, encoding));
    return buffer;
  }

  static allocUnsafe(size: number): Buffer {
    return new Buffer(size);
  }

  static concat(parts: readonly Uint8Array[], total = parts.reduce((sum, part) => sum + part.length, 0)): Buffer {
    const all = new Buffer(total);
    let at = 0;
    for (const part of parts) {
      all.set(part.subarray(0, Math.max(0, total - at)), at);
      at += Math.min(part.length, total - at);
    }
    return all;
  }

  static byteLength(value: string | ArrayBuffer | ArrayBufferView, encoding = "utf8"): number {
    return typeof value === "string" ? encodingOf(encoding).encode(value).length : value.byteLength;
  }

  static isBuffer(value: unknown): value is Buffer {
    return value instanceof Buffer;
  }

  static isEncoding(name: unknown): boolean {
    return isEncoding(name);
  }

  static compare(one: Uint8Array, other: Uint8Array): number {
    const shared = Math.min(one.length, other.length);
    for (let index = 0; index < shared; index++) {
      const difference = (one[index] ?? 0) - (other[index] ?? 0);
      if (difference !== 0) return Math.sign(difference);
    }
    return Math.sign(one.length - other.length);
  }

  override toString(encoding = "utf8", start = 0, end = this.length): string {
    return encodingOf(encoding).decode(bytesOf(this).subarray(start, end));
  }

  toJSON(): { readonly type: "Buffer"; readonly data: number[] } {
    return { type: "Buffer", data: Array.from(this) };
  }

  equals(other: Uint8Array): boolean {
    return Buffer.compare(this, other) === 0;
  }

  compare(other: Uint8Array): number {
    return Buffer.compare(this, other);
  }

  /** Shares memory, as Node's does. */
  override slice(start?: number, end?: number): Buffer {
    return wrap(super.subarray(start, end));
  }

  write(text: string, offset = 0, length = this.length - offset, encoding = "utf8"): number {
    const bytes = encodingOf(encoding)
      .encode(text)
      .subarray(0, Math.min(length, this.length - offset));
    this.set(bytes, offset);
    return bytes.length;
  }

  copy(target: Uint8Array, targetStart = 0, start = 0, end = this.length): number {
    const bytes = this.subarray(start, Math.min(end, start + target.length - targetStart));
    target.set(bytes, targetStart);
    return bytes.length;
  }
}

function wrap(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return new Buffer(bytes.buffer, bytes.byteOffset, bytes.length);
}

function toBytes(value: string | Uint8Array, encoding: string): Uint8Array {
  return typeof value === "string" ? encodingOf(encoding).encode(value) : value;
}

function repeat(target: Uint8Array, pattern: Uint8Array): void {
  if (pattern.length === 0) return;
  for (let index = 0; index < target.length; index++) target[index] = pattern[index % pattern.length] ?? 0;
}

function isBufferJson(value: unknown): value is { readonly data: readonly number[] } {
  return typeof value === "object" && value !== null && "type" in value && value.type === "Buffer" && "data" in value;
}

function isArrayLike(value: unknown): value is ArrayLike<number> {
  return typeof value === "object" && value !== null && "length" in value;
}
