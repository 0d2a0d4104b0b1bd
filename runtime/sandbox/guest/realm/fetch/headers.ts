const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What a value must not hold. */
const LINE_END = /[\r\n]/;
const NUL = "\0";
const NO_BYTE = /[^\0-\xff]/;
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
    (this.#values[key] ??= []).push(toValue(key, value));
  }

  set(name: unknown, value: unknown): void {
    const key = this.#writable(name);
    this.#values[key] = [toValue(key, value)];
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

/** A name that is none may be a secret that was put in the wrong place. */
function toName(name: unknown): string {
  const text = String(name);
  if (text === "") throw new TypeError("The name of a header is empty");
  if (!NAME.test(text)) throw new TypeError("The name of a header has a character that none may have");
  return text.toLowerCase();
}

/** A value that is none may be a secret all the same. */
function toValue(name: string, value: unknown): string {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  const fault = faultOf(text);
  if (fault !== undefined) throw new TypeError(`The value of the header ${JSON.stringify(name)} has ${fault}`);
  return text;
}

function faultOf(value: string): string | undefined {
  if (LINE_END.test(value)) return "a line end";
  if (value.includes(NUL)) return "a NUL";
  return NO_BYTE.test(value) ? "a character beyond U+00FF: encode it" : undefined;
}

function isIterable(init: HeadersInit): init is Iterable<Iterable<unknown>> {
  return Symbol.iterator in init;
}
