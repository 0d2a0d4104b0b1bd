/** What each handler has one of, through all its revisions: a new one goes on with what the last one had, and while both run they share it. */
export class ByHandler<T> {
  readonly #create: () => T;
  readonly #known = new Map<string, T>();

  constructor(create: () => T) {
    this.#create = create;
  }

  of(handler: string): T {
    const known = this.#known.get(handler);
    if (known) return known;
    const created = this.#create();
    this.#known.set(handler, created);
    return created;
  }

  values(): Iterable<T> {
    return this.#known.values();
  }

  /** What still runs keeps what it had. */
  remove(handler: string): void {
    this.#known.delete(handler);
  }

  rename(from: string, to: string): void {
    const known = this.#known.get(from);
    if (!known) return;
    this.#known.delete(from);
    this.#known.set(to, known);
  }
}
