/** `labelSelector` of a request, refused in the words of the real server (apimachinery: `labels.Parse`). */
import { isSatisfied, type LabelOperator, type LabelRequirement } from "#resources/label-requirement.ts";
import { labelValueFaults, qualifiedNameFaults } from "../../registry/validation/name-rules.ts";
import { badRequest } from "../api-errors.ts";

import { SelectorTokens } from "./selector-tokens.ts";

export interface LabelSelector {
  readonly isEverything: boolean;
  matches(labels: Readonly<Record<string, string>>): boolean;
}

/** Throws 400. */
export function parseLabelSelector(text: string): LabelSelector {
  const requirements = parseRequirements(new SelectorTokens(text));
  return {
    isEverything: requirements.length === 0,
    matches: (labels) => requirements.every((requirement) => isSatisfied(requirement, labels)),
  };
}

const BINARY_OPERATORS: readonly LabelOperator[] = ["in", "notin", "=", "==", "!=", ">", "<"];
const BINARY_OPERATOR_NAMES = "in, notin, =, ==, !=, gt, lt";

function parseRequirements(tokens: SelectorTokens): LabelRequirement[] {
  const requirements: LabelRequirement[] = [];
  if (tokens.isAtEnd) return requirements;
  if (!tokens.isWord && tokens.next !== "!") throw unexpected(tokens.next, "!, identifier, or 'end of string'");
  for (;;) {
    requirements.push(parseRequirement(tokens));
    if (tokens.isAtEnd) return requirements;
    const separator = tokens.take();
    if (separator !== ",") throw unexpected(separator, "',' or 'end of string'");
    if (!tokens.isWord && tokens.next !== "!") throw unexpected(tokens.next, "identifier after ','");
  }
}

function parseRequirement(tokens: SelectorTokens): LabelRequirement {
  const isNegated = tokens.next === "!";
  if (isNegated) tokens.take();
  if (!tokens.isWord) throw bad(`found '${tokens.next}', expected: identifier`);
  const key = tokens.take();
  const keyProblems = qualifiedNameFaults(key);
  if (keyProblems.length > 0) throw bad(`<nil>: Invalid value: "${key}": ${keyProblems.join("; ")}`);
  if (isNegated) return { key, operator: "!", values: [] };
  if (tokens.isAtEnd || tokens.next === ",") return { key, operator: "exists", values: [] };
  const operator = parseOperator(tokens);
  const values = operator === "in" || operator === "notin" ? parseSet(tokens) : [parseValue(tokens)];
  const problems = values.flatMap((value, index) => valueProblems(key, operator, value, index));
  if (problems.length > 0) throw bad(problems.length === 1 ? problems.join() : `[${problems.join(", ")}]`);
  return { key, operator, values };
}

function parseOperator(tokens: SelectorTokens): LabelOperator {
  const found = tokens.take();
  const operator = BINARY_OPERATORS.find((each) => each === found);
  if (!operator) throw bad(`found '${found}', expected: ${BINARY_OPERATOR_NAMES}`);
  return operator;
}

/** `(a, b)`. An empty place is the empty value: `()`, `(a,)`. Sorted, as problems are counted. */
function parseSet(tokens: SelectorTokens): string[] {
  const opening = tokens.take();
  if (opening !== "(") throw bad(`found '${opening}' expected: '('`);
  const values = new Set<string>();
  const isListed = tokens.isWord || tokens.next === "," || tokens.next === ")";
  if (!isListed) throw bad(`found '${tokens.next}', expected: ',', ')' or identifier`);
  for (;;) {
    values.add(tokens.isWord ? tokens.take() : "");
    const separator = tokens.take();
    if (separator === ")") return [...values].sort();
    if (separator !== ",") throw bad(`found '${separator}', expected: ',' or ')'`);
  }
}

/** Nothing stands for the empty value: `app=`. */
function parseValue(tokens: SelectorTokens): string {
  if (tokens.isAtEnd || tokens.next === ",") return "";
  if (!tokens.isWord) throw bad(`found '${tokens.next}', expected: identifier`);
  return tokens.take();
}

function valueProblems(key: string, operator: LabelOperator, value: string, index: number): string[] {
  const isNumeric = operator === ">" || operator === "<";
  if (isNumeric && !isInt64(value))
    return [`values[${index}]: Invalid value: "${value}": for 'Gt', 'Lt' operators, the value must be an integer`];
  return labelValueFaults(value).map((problem) => `values[${index}][${key}]: Invalid value: "${value}": ${problem}`);
}

function isInt64(text: string): boolean {
  return /^[+-]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** Of one requirement. */
function bad(problem: string): Error {
  return badRequest(`unable to parse requirement: ${problem}`);
}

/** Between requirements. */
function unexpected(found: string, expected: string): Error {
  return badRequest(`found '${found}', expected: ${expected}`);
}
