/** Above this it starts anew: what was handed out stays valid, it is only shared no longer. */
const MAX_ENTRIES = 20_000;
/** Longer texts are hardly ever the same twice. */
const MAX_TEXT_LENGTH = 4096;

/** Makes one value of equal texts, so that the pods of a ReplicaSet share their labels. */
export class InternTable<T> {
  readonly #parse: (text: string) => T;
  readonly #values = new Map<string, T>();

  constructor(parse: (text: string) => T) {
    this.#parse = parse;
  }

  get(text: string): T {
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    const value = this.#parse(text);
    if (text.length > MAX_TEXT_LENGTH) return value;
    if (this.#values.size >= MAX_ENTRIES) this.#values.clear();
    this.#values.set(text, value);
    return value;
  }
}
