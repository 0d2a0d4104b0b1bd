import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../../", import.meta.url).pathname;

/** The broker's files whose text has the pattern. */
function filesWith(pattern: RegExp): string[] {
  const files = globSync("runtime/broker/**/*.ts", { cwd: ROOT });
  return files.filter((file) => pattern.test(readFileSync(`${ROOT}${file}`, "utf8"))).toSorted();
}

/** They pass on to a client what a client was asked, one to one. */
const DECORATORS = [
  "runtime/broker/caches/shown-writes.ts",
  "runtime/broker/kube/limited-requests.ts",
  "runtime/broker/kube/told-writes.ts",
];

test("no file of the broker asks the API server but the one that sends a checked request, and what decorates its client", () => {
  const asking = /\bobjects\s*\.(?:get|list|create|patch|delete|evict)\(/;
  assert.deepEqual(filesWith(asking), [...DECORATORS, "runtime/broker/kube/object-request.ts"].toSorted());
});

test("a request is sent by the gate alone, which checks it", () => {
  assert.deepEqual(filesWith(/\bsendRequest\(/), [
    "runtime/broker/kube/kube-gate.ts",
    "runtime/broker/kube/object-request.ts",
  ]);
});

test("the calls of kube hold no client", () => {
  const source = readFileSync(`${ROOT}runtime/broker/kube/kube-calls.ts`, "utf8");
  const [, calls = ""] = source.split("class KubeCalls ");
  assert.ok(calls.includes("gate.send("));
  assert.doesNotMatch(calls, /objects/);
});
