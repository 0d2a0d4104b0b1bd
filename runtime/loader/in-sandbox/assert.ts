/** `node:assert`, strict in every form. */
import { deepEqual } from "./deep-equal.ts";
import { inspect } from "./inspect.ts";

type Message = string | Error | undefined;

class AssertionError extends Error {
  override readonly name = "AssertionError";
  readonly code = "ERR_ASSERTION";
  readonly actual: unknown;
  readonly expected: unknown;

  constructor({ message, actual, expected }: { message?: string; actual?: unknown; expected?: unknown }) {
    super(message ?? `${inspect(actual)} is not ${inspect(expected)}`);
    this.actual = actual;
    this.expected = expected;
  }
}

function hold(isTrue: boolean, message: Message, fallback: string, actual?: unknown, expected?: unknown): void {
  if (isTrue) return;
  throw message instanceof Error ? message : new AssertionError({ message: message ?? fallback, actual, expected });
}

function ok(value: unknown, message?: Message): void {
  hold(Boolean(value), message, `${inspect(value)} is not truthy`, value, true);
}

function strictEqual(actual: unknown, expected: unknown, message?: Message): void {
  hold(Object.is(actual, expected), message, `${inspect(actual)} is not ${inspect(expected)}`, actual, expected);
}

function notStrictEqual(actual: unknown, expected: unknown, message?: Message): void {
  hold(!Object.is(actual, expected), message, `${inspect(actual)} is what it must not be`, actual, expected);
}

function deepStrictEqual(actual: unknown, expected: unknown, message?: Message): void {
  hold(
    deepEqual(actual, expected),
    message,
    `${inspect(actual)} does not equal ${inspect(expected)}`,
    actual,
    expected,
  );
}

function notDeepStrictEqual(actual: unknown, expected: unknown, message?: Message): void {
  hold(!deepEqual(actual, expected), message, `${inspect(actual)} equals what it must not equal`, actual, expected);
}

function match(text: string, pattern: RegExp, message?: Message): void {
  hold(pattern.test(text), message, `${inspect(text)} does not match ${String(pattern)}`, text, pattern);
}

function fail(message: Message = "Failed"): never {
  throw message instanceof Error ? message : new AssertionError({ message });
}

function throws(run: () => unknown, message?: Message): void {
  try {
    run();
  } catch {
    return;
  }
  fail(message ?? "Nothing was thrown");
}

async function rejects(run: Promise<unknown> | (() => Promise<unknown>), message?: Message): Promise<void> {
  const rejected = await (typeof run === "function" ? run() : run).then(
    () => false,
    () => true,
  );
  if (!rejected) fail(message ?? "Nothing was rejected");
}

const parts = {
  AssertionError,
  ok,
  equal: strictEqual,
  notEqual: notStrictEqual,
  strictEqual,
  notStrictEqual,
  deepEqual: deepStrictEqual,
  notDeepEqual: notDeepStrictEqual,
  deepStrictEqual,
  notDeepStrictEqual,
  match,
  throws,
  rejects,
  fail,
};

export const builtIn = Object.assign((value: unknown, message?: Message): void => ok(value, message), parts, {
  strict: Object.assign((value: unknown, message?: Message): void => ok(value, message), parts),
});
