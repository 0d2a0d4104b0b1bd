import type { Labels } from "./raw-object.ts";

/** Thrown for a selector that Kubernetes would refuse. */
export class LabelSelectorError extends Error {
  override readonly name = "LabelSelectorError";
  readonly code = "BAD_LABEL_SELECTOR";
}

export type LabelOperator = "=" | "==" | "in" | "!=" | "notin" | "exists" | "!" | ">" | "<";

/** One term of a selector (apimachinery: `labels.Requirement`). */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
}

/** Checks what apimachinery's `NewRequirement` checks. Throws `LabelSelectorError`. */
export function labelRequirement(key: string, operator: LabelOperator, values: readonly string[]): LabelRequirement {
  checkKey(key);
  checkCount(key, operator, values.length);
  for (const value of values) {
    if ((operator === ">" || operator === "<") && toInt64(value) === undefined) {
      fail(`value "${value}" of "${key} ${operator}" is no integer`, "Write a 64-bit integer");
    }
    checkValue(value);
  }
  return { key, operator, values };
}

export function isSatisfied({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  return HOLDS[operator](Object.hasOwn(labels, key) ? labels[key] : undefined, values);
}

type Rule = (value: string | undefined, values: readonly string[]) => boolean;

const isOneOf: Rule = (value, values) => value !== undefined && values.includes(value);
const isNoneOf: Rule = (value, values) => !isOneOf(value, values);

/** What each operator says of a label's value, `undefined` if there is no such label. */
const HOLDS: Readonly<Record<LabelOperator, Rule>> = {
  "=": isOneOf,
  "==": isOneOf,
  in: isOneOf,
  "!=": isNoneOf,
  notin: isNoneOf,
  exists: (value) => value !== undefined,
  "!": (value) => value === undefined,
  ">": (value, [bound]) => isBelow(bound, value),
  "<": (value, [bound]) => isBelow(value, bound),
};

/** False unless both are 64-bit integers. */
function isBelow(lower: string | undefined, upper: string | undefined): boolean {
  const [low, high] = [toInt64(lower), toInt64(upper)];
  return low !== undefined && high !== undefined && low < high;
}

/** As Go's `strconv.ParseInt(text, 10, 64)` does. */
function toInt64(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

function checkCount(key: string, operator: LabelOperator, count: number): void {
  switch (operator) {
    case "in":
    case "notin":
      if (count === 0) fail(`"${key} ${operator}" has no values`, "Name at least one");
      return;
    case "exists":
    case "!":
      if (count > 0) fail(`"${key}" has values, but only its existence is asked for`, "Leave them out");
      return;
    case "=":
    case "==":
    case "!=":
    case ">":
    case "<":
      if (count !== 1) fail(`"${key} ${operator}" has ${count} values`, "Name one");
  }
}

const MAX_NAME_LENGTH = 63;
const MAX_PREFIX_LENGTH = 253;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const ALPHABET = "letters, digits, '-', '_' and '.', a letter or digit at both ends";

function checkKey(key: string): void {
  const slash = key.indexOf("/");
  const prefix = key.slice(0, Math.max(0, slash));
  const name = key.slice(slash + 1);
  if (!NAME.test(name) || name.length > MAX_NAME_LENGTH) {
    fail(`"${key}" is no label key`, `Use ${ALPHABET}, at most ${MAX_NAME_LENGTH}`);
  }
  if (slash !== -1 && (!PREFIX.test(prefix) || prefix.length > MAX_PREFIX_LENGTH)) {
    fail(
      `"${key}" is no label key`,
      `Before the "/" use a lower-case DNS name, at most ${MAX_PREFIX_LENGTH} characters`,
    );
  }
}

function checkValue(value: string): void {
  if (value !== "" && (!NAME.test(value) || value.length > MAX_NAME_LENGTH)) {
    fail(`"${value}" is no label value`, `Use ${ALPHABET}, at most ${MAX_NAME_LENGTH}`);
  }
}

function fail(fact: string, nextStep: string): never {
  throw new LabelSelectorError(`Cannot use label selector: ${fact}. ${nextStep}`);
}
