/** kubectl's text form of label selectors (apimachinery: `labels.Parse`). */
import {
  labelRequirement,
  LabelSelectorError,
  type LabelOperator,
  type LabelRequirement,
} from "./label-requirement.ts";

/** `app=web,tier in (a, b),!legacy`. Empty text has no requirements. Throws `LabelSelectorError`. */
export function parseRequirements(text: string): LabelRequirement[] {
  const tokens = new Tokens(text);
  if (tokens.isAtEnd) return [];
  const requirements = [parseRequirement(tokens)];
  while (!tokens.isAtEnd) {
    tokens.expect(",");
    requirements.push(parseRequirement(tokens));
  }
  return requirements;
}

const TOKENS = /==|!=|[=!<>(),]|[^ \t\r\n=!<>(),]+/g;
const IS_WORD = /^[^=!<>(),]/;
const BINARY_OPERATORS: readonly LabelOperator[] = ["=", "==", "!=", "in", "notin", ">", "<"];

function parseRequirement(tokens: Tokens): LabelRequirement {
  if (tokens.accept("!")) return labelRequirement(tokens.word("a label key"), "!", []);
  const key = tokens.word('a label key or "!"');
  if (tokens.isAtEnd || tokens.next === ",") return labelRequirement(key, "exists", []);
  const operator = BINARY_OPERATORS.find((candidate) => tokens.accept(candidate));
  if (!operator) return tokens.fail(`"," or one of ${BINARY_OPERATORS.join(" ")}`);
  const isSet = operator === "in" || operator === "notin";
  return labelRequirement(key, operator, isSet ? parseSet(tokens) : [parseValue(tokens)]);
}

/** `(a, b)`. An empty place is the empty value: `()`, `(a,)`. */
function parseSet(tokens: Tokens): string[] {
  tokens.expect("(");
  const values = [parseValue(tokens)];
  while (tokens.accept(",")) values.push(parseValue(tokens));
  tokens.expect(")");
  return values;
}

/** Nothing stands for the empty value: `app=`. */
function parseValue(tokens: Tokens): string {
  const isEmpty = tokens.isAtEnd || tokens.next === "," || tokens.next === ")";
  return isEmpty ? "" : tokens.word("a label value");
}

class Tokens {
  readonly #text: string;
  readonly #matches: readonly RegExpExecArray[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#matches = [...text.matchAll(TOKENS)];
  }

  /** `""` at the end of the text. */
  get next(): string {
    return this.#matches[this.#at]?.[0] ?? "";
  }

  get isAtEnd(): boolean {
    return this.next === "";
  }

  accept(token: string): boolean {
    if (this.next !== token) return false;
    this.#at++;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) this.fail(`"${token}"`);
  }

  /** `in` and `notin` are words too, where an operator cannot stand. */
  word(expected: string): string {
    if (!IS_WORD.test(this.next)) this.fail(expected);
    const word = this.next;
    this.#at++;
    return word;
  }

  fail(expected: string): never {
    const found = this.isAtEnd ? "the end" : `"${this.next}"`;
    const position = (this.#matches[this.#at]?.index ?? this.#text.length) + 1;
    throw new LabelSelectorError(
      `Cannot read label selector "${this.#text}": ${found} at character ${position}. Write ${expected} there`,
    );
  }
}
