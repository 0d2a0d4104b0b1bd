/** Length-prefixed frames: an unsigned 32-bit little-endian byte count, then that many bytes. */
const PREFIX_BYTES = 4;
const SMALL_BYTES = 4096;

/** Thrown by `FrameDecoder.push` when a peer announces a frame above the limit. The stream is useless afterwards. */
export class FrameTooLargeError extends Error {
  override readonly name = "FrameTooLargeError";
  readonly code = "FRAME_TOO_LARGE";

  constructor(bytes: number, limit: number) {
    super(`Cannot read frame: ${bytes} bytes announced, the limit is ${limit}`);
  }
}

/** One frame made of `parts`, copied into a single buffer. */
export function encodeFrame(...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + length);
  frame.writeUInt32LE(length, 0);
  let at = PREFIX_BYTES;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}

/** Cuts a byte stream into frames, whatever the sizes of the chunks. */
export class FrameDecoder {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #buffered = 0;

  /** @param limit the largest frame accepted, in bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The frames that `chunk` completes. They may share memory with the chunks. */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#keep(chunk);
    this.#buffered += chunk.length;
    for (;;) {
      if (this.#buffered < PREFIX_BYTES) return;
      const length = this.#gather(PREFIX_BYTES).readUInt32LE(0);
      if (length > this.#limit) throw new FrameTooLargeError(length, this.#limit);
      if (this.#buffered < PREFIX_BYTES + length) return;
      const all = this.#gather(PREFIX_BYTES + length);
      const rest = all.subarray(PREFIX_BYTES + length);
      this.#chunks = rest.length > 0 ? [rest, ...this.#chunks.slice(1)] : this.#chunks.slice(1);
      this.#buffered -= PREFIX_BYTES + length;
      yield all.subarray(PREFIX_BYTES, PREFIX_BYTES + length);
    }
  }

  /** What comes in small pieces is joined in ever larger ones: each piece by itself takes hundreds of bytes beside its own. */
  #keep(chunk: Buffer): void {
    let last = chunk;
    for (let before = this.#chunks.at(-1); before; before = this.#chunks.at(-1)) {
      if (before.length >= SMALL_BYTES || before.length > last.length) break;
      this.#chunks.pop();
      last = Buffer.concat([before, last]);
    }
    this.#chunks.push(last);
  }

  /** Joins chunks until the first one holds `bytes`. */
  #gather(bytes: number): Buffer {
    const [first] = this.#chunks;
    if (first && first.length >= bytes) return first;
    const joined = Buffer.concat(this.#chunks, this.#buffered);
    this.#chunks = [joined];
    return joined;
  }
}
