const TOKENS = /==|!=|[=!<>(),]|[^ \t\r\n=!<>(),]+/g;
const IS_WORD = /^[^=!<>(),]/;

/** The words and signs of a label selector. At the end they are empty. */
export class SelectorTokens {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.match(TOKENS) ?? [];
  }

  get next(): string {
    return this.#tokens[this.#at] ?? "";
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** `in` and `notin` are words too, where an operator cannot stand. */
  get isWord(): boolean {
    return IS_WORD.test(this.next);
  }

  take(): string {
    const token = this.next;
    this.#at++;
    return token;
  }
}
