import { makePod } from "./pods.ts";

const TYPE_META = '{"kind":"Pod","apiVersion":"v1",';
const DIGITS = 9;

/** The JSON of many pods in one piece of memory, so that a server can send them as fast as a socket takes them. */
export class PodBytes {
  readonly count: number;
  readonly #memory: Buffer;
  readonly #start: Uint32Array;
  readonly #versionAt: Uint32Array;
  readonly #sequenceAt: Uint32Array;
  #lastVersion = 500_000_000;

  constructor(count: number) {
    this.count = count;
    this.#start = new Uint32Array(count + 1);
    this.#versionAt = new Uint32Array(count);
    this.#sequenceAt = new Uint32Array(count);
    const texts = Array.from({ length: count }, (_, index) => JSON.stringify(makePod(index)));
    this.#memory = Buffer.from(texts.join(""));
    let at = 0;
    for (const [index, text] of texts.entries()) {
      this.#start[index] = at;
      this.#versionAt[index] = at + text.indexOf('"resourceVersion":"') + 19;
      this.#sequenceAt[index] = at + text.indexOf('"bench/seq":"') + 13;
      at += Buffer.byteLength(text);
    }
    this.#start[count] = at;
  }

  get meanBytes(): number {
    return Math.round(this.#memory.length / this.count);
  }

  /** As in a watch frame. */
  object(index: number): Buffer {
    return this.#memory.subarray(this.#start[index], this.#start[index + 1]);
  }

  /** As in a list, where items carry neither kind nor apiVersion. It needs a `{` in front. */
  itemRest(index: number): Buffer {
    return this.object(index).subarray(TYPE_META.length);
  }

  /** Gives the pod the next resourceVersion and a new annotation. */
  touch(index: number): void {
    this.#lastVersion++;
    this.#writeDigits(this.#versionAt[index] ?? 0);
    this.#writeDigits(this.#sequenceAt[index] ?? 0);
  }

  #writeDigits(at: number): void {
    this.#memory.write(String(this.#lastVersion).padStart(DIGITS, "0"), at, "latin1");
  }
}
