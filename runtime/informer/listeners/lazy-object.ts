import { ownedCopy, type RawObject } from "#resources/raw-object.ts";

type Content<T> =
  | { readonly type: "raw"; readonly object: RawObject }
  | { readonly type: "parsed"; readonly value: T }
  | { readonly type: "closed" };

/** An object that is parsed if and when somebody looks at it. */
export class LazyObject<T> {
  readonly #key: string;
  #content: Content<T>;

  constructor(object: RawObject) {
    this.#key = object.key;
    this.#content = { type: "raw", object };
  }

  /** Throws after `close`, unless it was read before. */
  read(): T {
    const content = this.#content;
    if (content.type === "closed") {
      throw new Error(
        `Cannot read object "${this.#key}": its handler is done. Read it while the handler runs, and keep what was read`,
      );
    }
    if (content.type === "parsed") return content.value;
    const { buffer, byteOffset, length } = content.object.bytes();
    const value: T = JSON.parse(Buffer.from(buffer, byteOffset, length).toString());
    this.#content = { type: "parsed", value };
    return value;
  }

  /** Makes it independent of the cache, whose memory may be used again. */
  secure(): void {
    if (this.#content.type === "raw") this.#content = { type: "raw", object: ownedCopy(this.#content.object) };
  }

  close(): void {
    if (this.#content.type === "raw") this.#content = { type: "closed" };
  }
}
