type Pair = readonly [name: string, value: string];
type Init = string | Iterable<readonly string[]> | Readonly<Record<string, string>>;

export class URLSearchParams {
  #pairs: Pair[] = [];
  #onChange: (search: string) => void = () => {};

  constructor(init: Init = "") {
    if (typeof init === "string") this.#pairs = parse(init);
    else this.#pairs = (isIterable(init) ? [...init] : Object.entries(init)).map(toPair);
  }

  /** Not of the standard's surface: the parameters of a URL, which follows their changes. */
  static of(search: string, onChange: (search: string) => void): URLSearchParams {
    const params = new URLSearchParams(search);
    params.#onChange = onChange;
    return params;
  }

  /** Not of the standard's surface: the URL's search has changed. */
  static reset(params: URLSearchParams, search: string): void {
    params.#pairs = parse(search);
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: string, value: string): void {
    this.#change([...this.#pairs, toPair([name, value])]);
  }

  delete(name: string, value?: string): void {
    this.#change(this.#pairs.filter((pair) => pair[0] !== name || (value !== undefined && pair[1] !== value)));
  }

  get(name: string): string | null {
    return this.#pairs.find((pair) => pair[0] === name)?.[1] ?? null;
  }

  getAll(name: string): string[] {
    return this.#pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  }

  has(name: string, value?: string): boolean {
    return this.#pairs.some((pair) => pair[0] === name && (value === undefined || pair[1] === value));
  }

  set(name: string, value: string): void {
    const first = this.#pairs.findIndex((pair) => pair[0] === name);
    if (first < 0) return this.append(name, value);
    const others = this.#pairs.filter((pair, index) => index === first || pair[0] !== name);
    this.#change(others.map((pair) => (pair[0] === name ? toPair([name, value]) : pair)));
  }

  sort(): void {
    this.#change(this.#pairs.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)));
  }

  forEach(visit: (value: string, name: string, params: URLSearchParams) => void): void {
    for (const [name, value] of this.#pairs) visit(value, name, this);
  }

  *keys(): Generator<string> {
    for (const [name] of this.#pairs) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this.#pairs) yield value;
  }

  *entries(): Generator<[string, string]> {
    for (const [name, value] of this.#pairs) yield [name, value];
  }

  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }

  toString(): string {
    return this.#pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  }

  #change(pairs: Pair[]): void {
    this.#pairs = pairs;
    this.#onChange(this.toString());
  }
}

function parse(search: string): Pair[] {
  const query = search.startsWith("?") ? search.slice(1) : search;
  const parts = query.split("&").filter((part) => part !== "");
  return parts.map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [decode(part), ""] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
  });
}

function toPair([name, value]: readonly unknown[]): Pair {
  return [String(name), String(value)];
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** `application/x-www-form-urlencoded`. */
function encode(text: string): string {
  const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed())
    .replaceAll("%20", "+")
    .replace(/[!'()~]/g, escape);
}

function isIterable(value: object): value is Iterable<readonly string[]> {
  return Symbol.iterator in value;
}
