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
  #rest = Buffer.alloc(0);
  #length = 0;

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
    if (this.#length === 0) return this.#emit(chunk, start, end);
    this.#keep(chunk, start, end);
    const length = this.#length;
    this.#length = 0;
    this.#emit(this.#rest, 0, length);
  }

  #emit(buffer: Buffer, start: number, end: number): void {
    if (end > start) this.#line(buffer, start, end);
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    const length = this.#length + end - start;
    if (length > this.#limit)
      throw new LineTooLongError(`Cannot read a line of ${length} bytes: the limit is ${this.#limit}`);
    if (length > this.#rest.length) this.#grow(length);
    chunk.copy(this.#rest, this.#length, start, end);
    this.#length = length;
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#rest.length));
    this.#rest.copy(larger, 0, 0, this.#length);
    this.#rest = larger;
  }
}
