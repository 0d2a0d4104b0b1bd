const PREFIX_BYTES = 4;

/** Text as one frame. Throws a `RangeError` above the limit. */
export function encodeText(text: string, limitBytes: number): Buffer {
  const length = Buffer.byteLength(text);
  if (length > limitBytes) throw new RangeError(`message too large: ${length} bytes, the limit is ${limitBytes}`);
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + length);
  frame.writeUInt32LE(length, 0);
  frame.write(text, PREFIX_BYTES);
  return frame;
}

/** Cuts what the host sends into texts. */
export class FrameTexts {
  #chunks: Buffer[] = [];
  #buffered = 0;
  #needed = PREFIX_BYTES;

  push(chunk: Buffer): string[] {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    const texts: string[] = [];
    while (this.#buffered >= this.#needed) {
      const all = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks, this.#buffered);
      if (!all) break;
      this.#chunks = [all];
      this.#needed = PREFIX_BYTES + all.readUInt32LE(0);
      if (this.#buffered < this.#needed) break;
      texts.push(all.toString("utf8", PREFIX_BYTES, this.#needed));
      this.#chunks = all.length > this.#needed ? [all.subarray(this.#needed)] : [];
      this.#buffered -= this.#needed;
      this.#needed = PREFIX_BYTES;
    }
    return texts;
  }
}
