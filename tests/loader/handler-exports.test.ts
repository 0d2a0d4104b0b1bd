import assert from "node:assert/strict";
import { test } from "node:test";
import { readExports } from "#loader/handler-exports.ts";
import type { InspectedExport } from "#loader/inspect.ts";
import type { Bundle, Making, Revision } from "#loader/revision.ts";

const MAKING: Making = { seenAt: 0, builtMs: 0 };

function bundleOf(file: string, id = "b1"): Bundle {
  return { id, file, code: "", sourceMap: "", inputs: [], warnings: [] };
}

function on(resource: string, options: object = {}): InspectedExport {
  return { type: "handler", resource, options };
}

function read(file: string, exported: InspectedExport, config?: unknown): readonly Revision[] {
  const reading = readExports(bundleOf(file), { default: exported, config }, MAKING);
  assert.equal(reading.type, "handlers", JSON.stringify(reading));
  return reading.type === "handlers" ? reading.revisions : [];
}

function reasons(file: string, exported: InspectedExport, config?: unknown): readonly string[] {
  const reading = readExports(bundleOf(file), { default: exported, config }, MAKING);
  return reading.type === "invalid" ? reading.reasons : [];
}

test("plain function listens to what its file's name says", () => {
  const [revision] = read("billing/pod-deleted.ts", { type: "function" });
  assert.deepEqual(
    [revision?.handler, revision?.file, revision?.entry, revision?.options.resource, revision?.options.events],
    ["billing/pod-deleted", "billing/pod-deleted.ts", 0, "pod", ["deleted"]],
  );
});

test("config adds options to the file's name, and its events go first", () => {
  const [added] = read("pod-added.ts", { type: "function" }, { timeout: "5s" });
  assert.deepEqual([added?.options.events, added?.options.timeoutMs], [["added"], 5_000]);
  const [changed] = read("pod-changed.ts", { type: "function" }, { events: ["updated", "unselected"] });
  assert.deepEqual(changed?.options.events, ["updated", "unselected"]);
});

test("on beats the file's name", () => {
  const [revision] = read("pod-added.ts", on("deployments.apps", { events: ["updated"] }));
  assert.deepEqual([revision?.options.resource, revision?.options.events], ["deployments.apps", ["updated"]]);
});

test("name is the last part of the id", () => {
  assert.equal(read("billing/paid.ts", on("pods", { name: "settled" }))[0]?.handler, "billing/settled");
});

test("array gives a handler for each entry, by number or by name", () => {
  const revisions = read("many.ts", { type: "array", items: [on("pods"), on("nodes", { name: "nodes" })] });
  assert.deepEqual(
    revisions.map(({ handler, entry }) => [handler, entry]),
    [
      ["many#0", 0],
      ["many#nodes", 1],
    ],
  );
  assert.notEqual(revisions[0]?.id, revisions[1]?.id);
});

test("revision is the same for the same code and options, and another one for others", () => {
  const idOf = (code: string, options: object): string | undefined => {
    const reading = readExports(bundleOf("a.ts", code), { default: on("pods", options), config: undefined }, MAKING);
    return reading.type === "handlers" ? reading.revisions[0]?.id : undefined;
  };
  assert.match(idOf("b1", {}) ?? "", /^[0-9a-f]{12}$/);
  assert.equal(idOf("b1", {}), idOf("b1", { timeout: "30s" }));
  assert.notEqual(idOf("b1", {}), idOf("b2", {}));
  assert.notEqual(idOf("b1", {}), idOf("b1", { timeout: "31s" }));
});

test("file that exports nothing usable is refused with what to do", () => {
  assert.deepEqual(reasons("pod-added.ts", { type: "other", found: "undefined" }), [
    'Cannot load "pod-added.ts": it has no default export; export default a function or on(resource, handler)',
  ]);
  assert.match(reasons("pod-added.ts", { type: "other", found: "class" })[0] ?? "", /of type class/);
  assert.match(reasons("pod-added.ts", { type: "array", items: [] })[0] ?? "", /an empty array/);
});

test("plain function in a file of another name is refused with the form that names have", () => {
  assert.deepEqual(reasons("replicas.ts", { type: "function" }), [
    'Cannot tell what "replicas.ts" listens to: name it <kind>-<event>.ts (event: added, updated, deleted or changed), or export default on(resource, handler)',
  ]);
});

test("array takes nothing but what on makes, and no name twice", () => {
  assert.deepEqual(reasons("many.ts", { type: "array", items: [on("pods"), { type: "function" }] }), [
    'Cannot load entry 1 of "many.ts": make each entry with on(resource, handler)',
  ]);
  const twice = [on("pods", { name: "x" }), on("nodes", { name: "x" })];
  assert.deepEqual(reasons("many.ts", { type: "array", items: twice }), [
    'Cannot load "many.ts": two of its entries have the id "many#x"',
  ]);
});

test("every invalid option of every entry is told", () => {
  const items = [on("pods", { timeout: "soon" }), on("pods", { concurency: 3 })];
  const told = reasons("many.ts", { type: "array", items });
  assert.match(told[0] ?? "", /^Entry 0: Cannot use option "timeout": got "soon"/);
  assert.match(told[1] ?? "", /^Entry 1: Cannot use option "concurency": .*did you mean "concurrency"/);
});
