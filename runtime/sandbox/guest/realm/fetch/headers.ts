const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What a value must not hold: line ends, NUL, and what is no byte. */
const NO_VALUE = /[\0\r\n]|[^\0-\xff]/;
/** The only one whose values cannot be joined by commas. */
const SET_COOKIE = "set-cookie";

export type HeadersInit = Iterable<Iterable<unknown>> | Readonly<Record<string, unknown>>;

export class Headers {
  /** By names in lower case. */
  readonly #values: Record<string, string[]> = Object.create(null);
  #immutable = false;

  constructor(init?: HeadersInit) {
    if (init === undefined) return;
    if (typeof init !== "object" || init === null) throw new TypeError("Headers are made of pairs or of an object");
    for (const [name, value] of isIterable(init) ? pairsOf(init) : Object.entries(init)) this.append(name, value);
  }

  /** Not of the standard's surface: headers that do not change any more. */
  static freeze(headers: Headers): Headers {
    headers.#immutable = true;
    return headers;
  }

  append(name: unknown, value: unknown): void {
    const key = this.#writable(name);
    (this.#values[key] ??= []).push(toValue(value));
  }

  set(name: unknown, value: unknown): void {
    const key = this.#writable(name);
    this.#values[key] = [toValue(value)];
  }

  delete(name: unknown): void {
    delete this.#values[this.#writable(name)];
  }

  get(name: unknown): string | null {
    return this.#values[toName(name)]?.join(", ") ?? null;
  }

  has(name: unknown): boolean {
    return this.#values[toName(name)] !== undefined;
  }

  getSetCookie(): string[] {
    return [...(this.#values[SET_COOKIE] ?? [])];
  }

  forEach(visit: (value: string, name: string, headers: Headers) => void, receiver?: unknown): void {
    for (const [name, value] of this) visit.call(receiver, value, name, this);
  }

  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this) yield value;
  }

  *entries(): Generator<[name: string, value: string]> {
    for (const name of Object.keys(this.#values).sort()) {
      const values = this.#values[name] ?? [];
      for (const value of name === SET_COOKIE ? values : [values.join(", ")]) yield [name, value];
    }
  }

  [Symbol.iterator](): Generator<[name: string, value: string]> {
    return this.entries();
  }

  #writable(name: unknown): string {
    const key = toName(name);
    if (this.#immutable) throw new TypeError("immutable");
    return key;
  }
}

function pairsOf(init: Iterable<Iterable<unknown>>): [name: unknown, value: unknown][] {
  return Array.from(init, (item) => {
    const [name, value, ...rest] = typeof item === "object" ? item : [];
    if (value === undefined || rest.length > 0) throw new TypeError("A header is a pair of name and value");
    return [name, value];
  });
}

function toName(name: unknown): string {
  const text = String(name);
  if (!NAME.test(text)) throw new TypeError(`${JSON.stringify(text)} is no name of a header`);
  return text.toLowerCase();
}

function toValue(value: unknown): string {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (NO_VALUE.test(text)) throw new TypeError(`${JSON.stringify(text.slice(0, 100))} is no value of a header`);
  return text;
}

function isIterable(init: HeadersInit): init is Iterable<Iterable<unknown>> {
  return Symbol.iterator in init;
}
