/** Bytes that wait for more. Its memory is used again and again, and grows by doubling. */
export class GrowingBuffer {
  /** Only the first `length` bytes count. Another Buffer after an `append` that made it grow. */
  bytes: Buffer = Buffer.alloc(0);
  length = 0;

  append(source: Buffer, start: number, end: number): void {
    const length = this.length + end - start;
    if (length > this.bytes.length) this.#grow(length);
    source.copy(this.bytes, this.length, start, end);
    this.length = length;
  }

  /** Forgets the first `count` bytes. */
  drop(count: number): void {
    this.bytes.copyWithin(0, count, this.length);
    this.length -= count;
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.bytes.length));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
