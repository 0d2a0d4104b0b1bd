import { badRequest } from "../request-errors.ts";
import { isTrue } from "../request-info.ts";

/** Reads of a query as the API machinery converts it: the first of several values counts, unknown names do not. */
export class QueryReader {
  readonly #query: URLSearchParams;

  constructor(query: URLSearchParams) {
    this.#query = query;
  }

  has(name: string): boolean {
    return this.#query.has(name);
  }

  text(name: string): string {
    return this.#query.get(name) ?? "";
  }

  texts(name: string): readonly string[] {
    return this.#query.getAll(name);
  }

  truth(name: string): boolean {
    return isTrue(this.#query, name);
  }

  /** Throws 400 for what is no whole number of 64 bits. */
  integer(name: string): number | undefined {
    const text = this.#query.get(name);
    if (text === null) return undefined;
    if (!/^[+-]?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
    if (!isInt64(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`);
    return Number(text);
  }
}

function isInt64(text: string): boolean {
  const value = BigInt(text.replace("+", ""));
  return BigInt.asIntN(64, value) === value;
}
