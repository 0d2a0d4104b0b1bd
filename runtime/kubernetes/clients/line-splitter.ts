import { GrowingBuffer } from "#kernel/growing-buffer.ts";

const NEWLINE = 0x0a;

/** Called with a line as a range of a buffer, valid in that call only. */
export type LineSink = (buffer: Buffer, start: number, end: number) => void;

/** Thrown by `push` when a line exceeds the limit. The stream is useless afterwards. */
export class LineTooLongError extends Error {
  override readonly name = "LineTooLongError";
  readonly code = "LINE_TOO_LONG";
}

/**
 * Cuts a byte stream into lines at byte 0x0A, and only there: JSON strings may hold U+2028, and a bare CR is not an end.
 * Lines that lie within one chunk are handed over where they are; only a line that spans chunks is copied.
 * What has no newline behind it when the stream ends is no line.
 */
export class LineSplitter {
  readonly #limit: number;
  readonly #line: LineSink;
  readonly #rest = new GrowingBuffer();

  /** @param limit the longest line accepted, in bytes */
  constructor(limit: number, line: LineSink) {
    this.#limit = limit;
    this.#line = line;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#finish(chunk, start, end);
      start = end + 1;
    }
    if (start < chunk.length) this.#keep(chunk, start, chunk.length);
  }

  #finish(chunk: Buffer, start: number, end: number): void {
    if (this.#rest.length === 0) return this.#emit(chunk, start, end);
    this.#keep(chunk, start, end);
    const { bytes, length } = this.#rest;
    this.#rest.drop(length);
    this.#emit(bytes, 0, length);
  }

  #emit(buffer: Buffer, start: number, end: number): void {
    if (end > start) this.#line(buffer, start, end);
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    this.#rest.append(chunk, start, end);
    if (this.#rest.length > this.#limit) {
      throw new LineTooLongError(`Cannot read a line of more than ${this.#limit} bytes`);
    }
  }
}
