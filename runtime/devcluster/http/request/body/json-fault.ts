/**
 * What Go's `encoding/json` says of a text that is no JSON. Clients show the server's words, and people search for them;
 * V8's own differ. Only for texts that `JSON.parse` has refused.
 */
export function jsonFault(bytes: Buffer): string {
  try {
    return new Scanner(bytes).scan();
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

class Fault extends Error {}

const END = -1;
const WHITE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const ESCAPES = new Set(Array.from('bfnrt\\/"', (one) => one.charCodeAt(0)));
const LITERALS: Readonly<Record<string, string>> = { t: "true", f: "false", n: "null" };

class Scanner {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  scan(): string {
    this.#value();
    this.#white();
    if (this.#peek() !== END) this.#fail("after top-level value");
    return "unexpected end of JSON input";
  }

  #value(): void {
    this.#white();
    const start = this.#char();
    if (start === "{") this.#object();
    else if (start === "[") this.#array();
    else if (start === '"') this.#string();
    else if (/[-\d]/.test(start)) this.#number();
    else if (start in LITERALS) this.#literal(LITERALS[start] ?? "");
    else this.#fail("looking for beginning of value");
  }

  #object(): void {
    this.#at++;
    this.#white();
    if (this.#take("}")) return;
    do {
      this.#white();
      if (this.#char() !== '"') this.#fail("looking for beginning of object key string");
      this.#string();
      this.#white();
      if (!this.#take(":")) this.#fail("after object key");
      this.#value();
      this.#white();
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail("after object key:value pair");
  }

  #array(): void {
    this.#at++;
    this.#white();
    if (this.#take("]")) return;
    do {
      this.#value();
      this.#white();
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail("after array element");
  }

  #string(): void {
    this.#at++;
    while (!this.#take('"')) {
      if (this.#take("\\")) this.#escape();
      else if (this.#peek() < 0x20) this.#fail("in string literal");
      else this.#at++;
    }
  }

  #escape(): void {
    if (this.#take("u")) {
      for (let i = 0; i < 4; i++) this.#one(/[\da-f]/i, "in \\u hexadecimal character escape");
      return;
    }
    if (!ESCAPES.has(this.#peek())) this.#failInside("in string escape code");
    this.#at++;
  }

  #number(): void {
    this.#take("-");
    // After a leading zero the number is over.
    if (!this.#take("0")) {
      this.#one(/[1-9]/, "in numeric literal");
      this.#digits();
    }
    if (this.#take(".")) {
      this.#one(/\d/, "after decimal point in numeric literal");
      this.#digits();
    }
    if (this.#take("e") || this.#take("E")) {
      if (!this.#take("+")) this.#take("-");
      this.#one(/\d/, "in exponent of numeric literal");
      this.#digits();
    }
  }

  #literal(word: string): void {
    for (const letter of word) {
      if (!this.#take(letter)) this.#failInside(`in literal ${word} (expecting '${letter}')`);
    }
  }

  #digits(): void {
    while (/\d/.test(this.#char())) this.#at++;
  }

  #one(pattern: RegExp, context: string): void {
    if (!pattern.test(this.#char())) this.#failInside(context);
    this.#at++;
  }

  #white(): void {
    while (WHITE.has(this.#peek())) this.#at++;
  }

  #take(character: string): boolean {
    if (this.#char() !== character) return false;
    this.#at++;
    return true;
  }

  #peek(): number {
    return this.#bytes[this.#at] ?? END;
  }

  /** Go looks at bytes, not at characters. `""` at the end. */
  #char(): string {
    const byte = this.#peek();
    return byte === END ? "" : String.fromCharCode(byte);
  }

  /** In the middle of a word Go takes the end for a space. */
  #failInside(context: string): never {
    if (this.#peek() === END) throw new Fault(`invalid character ' ' ${context}`);
    this.#fail(context);
  }

  #fail(context: string): never {
    if (this.#peek() === END) throw new Fault("unexpected end of JSON input");
    throw new Fault(`invalid character ${quoted(this.#char())} ${context}`);
  }
}

const NAMED: Readonly<Record<string, string>> = {
  "'": "\\'",
  "\\": "\\\\",
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

function quoted(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, "0");
  if (code < 0x20 || code === 0x7f) return `'${NAMED[character] ?? `\\x${hex}`}'`;
  return code >= 0x80 && code <= 0xa0 ? `'\\u00${hex}'` : `'${NAMED[character] ?? character}'`;
}
