/** One value of a stream, for as long as there is no newer one. */
export interface Newest<T> {
  readonly value: T;
  /** Aborts when there is a newer one. */
  readonly outdated: AbortSignal;
}

/** Whoever is slower than the stream gets the newest value only. Ends and fails as the stream does. */
export async function* newestOf<T>(stream: AsyncIterable<T>): AsyncGenerator<Newest<T>> {
  const pump = new Pump(stream);
  for (;;) {
    const next = await pump.next();
    if (next === undefined) return;
    yield next;
  }
}

class Pump<T> {
  #waiting: { readonly value: T } | undefined;
  #end: { readonly error?: unknown } | undefined;
  #current = new AbortController();
  #heard = Promise.withResolvers<void>();

  constructor(stream: AsyncIterable<T>) {
    void this.#run(stream);
  }

  async next(): Promise<Newest<T> | undefined> {
    while (!this.#waiting && !this.#end) await this.#heard.promise;
    if (this.#end && "error" in this.#end) throw this.#end.error;
    if (!this.#waiting) return undefined;
    const { value } = this.#waiting;
    this.#waiting = undefined;
    this.#current = new AbortController();
    return { value, outdated: this.#current.signal };
  }

  async #run(stream: AsyncIterable<T>): Promise<void> {
    try {
      for await (const value of stream) {
        this.#waiting = { value };
        this.#current.abort();
        this.#hear();
      }
      this.#end = {};
    } catch (error) {
      this.#end = { error };
    }
    this.#hear();
  }

  #hear(): void {
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }
}
