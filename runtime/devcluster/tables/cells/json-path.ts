/**
 * The part of client-go's JSONPath that printer columns use: `.spec.size`, `.a.b\.c`, `.a['b\.c']`, `.list[0]`, `.list[-1]`,
 * `.list[*].name`, `.list[0:2]`, `.conditions[?(@.type=="Ready")].status`.
 */
import { fieldOf, isRecord, parseJson } from "#kernel/json-value.ts";

/** The values that a parsed path leads to, in order. */
export type JsonPath = (value: unknown) => readonly unknown[];

/** `undefined` for what is no such path. */
export function parseJsonPath(text: string): JsonPath | undefined {
  const steps: JsonPath[] = [];
  const rest = text.replace(STEP, (_match, ...groups: (string | undefined)[]) => {
    const step = stepOf(groups);
    steps.push(step);
    return "";
  });
  if (rest !== "") return undefined;
  return (value) => steps.reduce<readonly unknown[]>((values, step) => values.flatMap((one) => step(one)), [value]);
}

/** In the order of the groups: `.name`, a path in quotes, an index, a range, everything, a filter. */
const STEP =
  /\.((?:\\.|[^.[\]\\])+)|\[(?:'([^']*)'|(-?\d+)|(-?\d*:-?\d*)|(\*)|\?\(@(.*?)(?:\s*(==|!=|<=|>=|<|>)\s*(.*?))?\s*\))\]/gy;

function stepOf([name, quoted, index, range, all, filter, operator, operand]: (string | undefined)[]): JsonPath {
  if (name === "*" || all !== undefined) return members;
  if (index !== undefined) return (value) => elements(value).slice(Number(index)).slice(0, 1);
  if (range !== undefined) {
    const [start = "", end = ""] = range.split(":");
    return (value) => elements(value).slice(Number(start), end === "" ? undefined : Number(end));
  }
  if (filter !== undefined) return filterStep(filter, operator, operand);
  if (quoted !== undefined) return parseJsonPath(`.${quoted}`) ?? (() => []);
  const key = (name ?? "").replaceAll(/\\(.)/g, "$1");
  return (value) => {
    const found = fieldOf(value, key);
    return found === undefined ? [] : [found];
  };
}

function filterStep(path: string, operator: string | undefined, operand = ""): JsonPath {
  const read = parseJsonPath(path);
  if (read === undefined) return () => [];
  const wanted = literal(operand);
  return (value) =>
    elements(value).filter((element) => {
      const found = read(element);
      return operator === undefined ? found.length > 0 : found.some((one) => compares(one, operator, wanted));
    });
}

function compares(value: unknown, operator: string, wanted: unknown): boolean {
  if (operator === "==") return value === wanted;
  if (operator === "!=") return value !== wanted;
  if (typeof value !== "number" || typeof wanted !== "number") return false;
  if (operator === "<") return value < wanted;
  if (operator === "<=") return value <= wanted;
  return operator === ">" ? value > wanted : value >= wanted;
}

function literal(text: string): unknown {
  return /^(['"]).*\1$/.test(text) ? text.slice(1, -1) : parseJson(text);
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function members(value: unknown): readonly unknown[] {
  return isRecord(value) ? Object.values(value) : elements(value);
}
