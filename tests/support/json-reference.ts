/**
 * A second JSON parser, small and slow. `JSON.parse` of V8 14.6 confuses the keys `"` and `\`: after `{"q":1,"\\":1}`
 * it reads `{"q":1,"\"":2}` with the key `\`. Where two texts should mean the same and it says no, this one decides.
 */
export function parseReference(text: string): unknown {
  const reader = new Reader(text);
  const value = reader.value();
  reader.expect(/$/y);
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): unknown {
    this.#accept(SPACE);
    const value = this.#bare();
    this.#accept(SPACE);
    return value;
  }

  expect(pattern: RegExp): string {
    const found = this.#accept(pattern);
    if (found === undefined) throw new SyntaxError(`No ${pattern} at ${this.#at}`);
    return found;
  }

  #bare(): unknown {
    if (this.#accept(/\{/y) !== undefined) return this.#object();
    if (this.#accept(/\[/y) !== undefined) return this.#array();
    const word = this.#accept(/true|false|null/y);
    if (word !== undefined) return word === "null" ? null : word === "true";
    const number = this.#accept(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    return number === undefined ? this.#string() : Number(number);
  }

  #object(): unknown {
    const entries: [string, unknown][] = [];
    this.#accept(SPACE);
    if (this.#accept(/\}/y) !== undefined) return {};
    do {
      this.#accept(SPACE);
      const key = this.#string();
      this.#accept(SPACE);
      this.expect(/:/y);
      entries.push([key, this.value()]);
    } while (this.#accept(/,/y) !== undefined);
    this.expect(/\}/y);
    return Object.fromEntries(entries);
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#accept(SPACE);
    if (this.#accept(/\]/y) !== undefined) return items;
    do items.push(this.value());
    while (this.#accept(/,/y) !== undefined);
    this.expect(/\]/y);
    return items;
  }

  #string(): string {
    this.expect(/"/y);
    const raw = this.expect(/(?:[ !#-[\]-\uffff]|\\["\\/bfnrt]|\\u[\da-fA-F]{4})*/y);
    this.expect(/"/y);
    return raw.replaceAll(/\\(?:u(....)|(.))/g, (_, hex: string | undefined, letter: string) =>
      hex === undefined ? (SHORT_ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }

  #accept(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern);
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}

const SPACE = /[ \t\r\n]*/y;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
