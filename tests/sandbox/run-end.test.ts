import assert from "node:assert/strict";
import { test } from "node:test";
import { toRunEnd } from "#sandbox/run-end.ts";
import { StackMap } from "#sandbox/stack-map.ts";

function messageOf(thrown: string, delay?: unknown): string {
  const error = { name: "Error", message: thrown, stack: `Error: ${thrown}` };
  const stacks = new StackMap({ file: "pod-added.ts", sourceMap: "" });
  const end = toRunEnd({ type: "threw", run: 1, error, delay }, stacks);
  assert.ok(end.type === "threw");
  return end.error.message;
}

for (const message of [
  "Code generation from strings disallowed for this context",
  "Proxy is not a constructor",
  "WeakRef is not defined",
  "FinalizationRegistry is not defined",
  "Cannot read properties of undefined (reading 'revocable')",
]) {
  test(`"${message}" names the option that allows it`, () => {
    assert.equal(messageOf(message), `${message}; option engine: "process" allows it`);
  });
}

test("a lister that is not there names the option that brings it", () => {
  for (const method of ["get", "list", "byIndex", "count"]) {
    const message = `Cannot read properties of undefined (reading '${method}')`;
    assert.equal(messageOf(message), `${message}; a lister is there if option listers names it`);
  }
});

test("a RetryAfter whose delay is no duration says so, and what to write", () => {
  const message = "retry after Wed, 21 Oct 2026s";
  assert.equal(
    messageOf(message, "Wed, 21 Oct 2026s"),
    `${message}; "Wed, 21 Oct 2026s" is no duration, so the usual backoff holds: write "30s" or "5m"`,
  );
  assert.equal(messageOf("retry after 30s", "30s"), "retry after 30s");
});
