/** How far a reflector has got in the server's history, and from where it may read next. */
export class ReflectorPosition {
  readonly #firstList: string | undefined;
  #last = "";
  #unavailable = false;

  /** @param staleFirstList read the first list from the server's cache */
  constructor(staleFirstList: boolean) {
    this.#firstList = staleFirstList ? "0" : undefined;
  }

  /** For a list: never older than what was seen, unless the server no longer knows that; then a consistent read. */
  get listFrom(): string | undefined {
    if (this.#unavailable) return undefined;
    return this.#last === "" ? this.#firstList : this.#last;
  }

  /** For a watch-list: never `"0"`, which would allow any old state. */
  get streamFrom(): string {
    return this.#unavailable ? "" : this.#last;
  }

  /** For a watch that goes on. */
  get watchFrom(): string {
    return this.#last;
  }

  /** A complete state at `resourceVersion` was handed over. */
  reset(resourceVersion: string): void {
    this.#last = resourceVersion;
    this.#unavailable = false;
  }

  /** An event or bookmark was handed over. Versions are opaque: the server's order counts. */
  advance(resourceVersion: string): void {
    if (resourceVersion !== "") this.#last = resourceVersion;
  }

  /** The server cannot read at this position: expired, or not reached yet. */
  loseHistory(): void {
    this.#unavailable = true;
  }
}
