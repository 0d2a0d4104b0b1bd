/** Reads the arguments of a handler's call. They are JSON from untrusted code: what is left out arrives as `null` or not at all. */
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { BadCallError } from "./errors.ts";

/**
 * Of a text that the host looks into: names are compared with all resources, selectors with all objects of a cache, and while it does
 * so nobody else is served.
 */
const MAX_CHARACTERS = 4_096;

export class ArgumentReader {
  readonly #method: string;

  /** @param method for messages: `kube.get` */
  constructor(method: string) {
    this.#method = method;
  }

  /** @param atMost in characters */
  text(what: string, value: unknown, atMost = MAX_CHARACTERS): string {
    const text = value === "" ? undefined : this.optionalText(what, value, atMost);
    if (text !== undefined) return text;
    throw this.#wrong(what, value, "a text that is not empty");
  }

  /** @param atMost in characters */
  optionalText(what: string, value: unknown, atMost = MAX_CHARACTERS): string | undefined {
    if (isAbsent(value)) return undefined;
    if (typeof value !== "string") throw this.#wrong(what, value, "a text");
    if (value.length <= atMost) return value;
    throw this.#wrong(what, value, `a text of at most ${atMost} characters`);
  }

  optionalCount(what: string, value: unknown): number | undefined {
    if (isAbsent(value)) return undefined;
    return this.count(what, value);
  }

  count(what: string, value: unknown): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw this.#wrong(what, value, "a whole number that is not negative");
  }

  finite(what: string, value: unknown): number {
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw this.#wrong(what, value, "a finite number");
  }

  optionalTexts(what: string, value: unknown, atMost: number): readonly string[] | undefined {
    if (isAbsent(value)) return undefined;
    if (Array.isArray(value) && value.length <= atMost) {
      return value.map((item: unknown, index) => this.text(`${what}[${index}]`, item));
    }
    throw this.#wrong(what, value, `a list of at most ${atMost} texts`);
  }

  choice<const Name extends string>(what: string, value: unknown, names: readonly Name[]): Name {
    const name = names.find((name) => name === value);
    if (name !== undefined) return name;
    throw this.#wrong(what, value, `one of ${names.map((name) => `"${name}"`).join(", ")}`);
  }

  list(what: string, value: unknown): readonly unknown[] {
    if (Array.isArray(value)) return value;
    throw this.#wrong(what, value, "a list");
  }

  object(what: string, value: unknown): JsonRecord {
    if (isRecord(value)) return value;
    throw this.#wrong(what, value, "an object");
  }

  optionalObject(what: string, value: unknown): JsonRecord {
    return isAbsent(value) ? {} : this.object(what, value);
  }

  #wrong(what: string, value: unknown, needed: string): BadCallError {
    const found = isAbsent(value) ? "missing" : shown(value);
    return new BadCallError(`Cannot call ${this.#method}: ${what} is ${found}; it must be ${needed}`);
  }
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

const SHOWN_CHARACTERS = 60;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
