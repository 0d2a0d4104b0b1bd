import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectInEngine } from "#loader/inspect-in-engine.ts";
import type { Inspect, InspectedModule, Inspection, LoadError } from "#loader/inspect.ts";

const BUNDLE = { id: "1", file: "a.ts", code: "", sourceMap: "", inputs: [], warnings: [] };
const EVAL_ERROR: LoadError = { name: "EvalError", message: "no eval here", at: undefined };
const IN_VM2 = { default: { type: "function" }, config: undefined } as const;
const IN_PROCESS = { default: { type: "function" }, config: { engine: "process" } } as const;

/** What an inspection comes to, and in which engines the code was loaded for it. */
async function inspection(results: { vm2: InspectedModule | LoadError; process?: InspectedModule | LoadError }) {
  const engines: string[] = [];
  const inspect: Inspect = (_program, engine) => {
    engines.push(engine);
    const result = results[engine] ?? EVAL_ERROR;
    const outcome: Inspection =
      "message" in result ? { type: "failed", error: result } : { type: "loaded", module: result };
    return Promise.resolve(outcome);
  };
  const outcome = await inspectInEngine(inspect, BUNDLE, new AbortController().signal);
  return { outcome, engines };
}

test("what loads in vm2 is loaded in nothing else, whatever engine it asks for", async () => {
  for (const module of [IN_VM2, IN_PROCESS]) {
    const { outcome, engines } = await inspection({ vm2: module });
    assert.deepEqual([outcome, engines], [{ type: "loaded", module }, ["vm2"]]);
  }
});

test("what loads only without vm2 counts if it says engine process", async () => {
  const { outcome, engines } = await inspection({ vm2: EVAL_ERROR, process: IN_PROCESS });
  assert.deepEqual([outcome, engines], [{ type: "loaded", module: IN_PROCESS }, ["vm2", "process"]]);
});

test("what loads only without vm2 and does not say so fails, and is told what to add", async () => {
  const { outcome } = await inspection({ vm2: EVAL_ERROR, process: IN_VM2 });
  const message = 'no eval here; it loads with engine: "process": add that to its options';
  assert.deepEqual(outcome, { type: "failed", error: { ...EVAL_ERROR, message } });
});

test("every handler of an array has to ask for the engine that its file needs", async () => {
  const handler = (engine?: string) => ({ type: "handler", resource: "pods", options: { engine } }) as const;
  const moduleOf = (...items: InspectedModule["default"][]) =>
    ({ default: { type: "array", items }, config: {} }) as const;
  const both = await inspection({ vm2: EVAL_ERROR, process: moduleOf(handler("process"), handler("process")) });
  assert.equal(both.outcome.type, "loaded");
  const one = await inspection({ vm2: EVAL_ERROR, process: moduleOf(handler("process"), handler()) });
  assert.equal(one.outcome.type, "failed");
});

test("what fails alike in both engines fails as it did in vm2", async () => {
  const { outcome } = await inspection({ vm2: EVAL_ERROR, process: { ...EVAL_ERROR } });
  assert.deepEqual(outcome, { type: "failed", error: EVAL_ERROR });
});

test("what fails in both engines in different ways says both, with the place of the second", async () => {
  const other = { name: "TypeError", message: "x is not a function", at: { file: "a.ts", line: 3, column: 5 } };
  const { outcome } = await inspection({ vm2: EVAL_ERROR, process: other });
  const message = `${EVAL_ERROR.message}; with engine: "process" it fails too: x is not a function (a.ts:3:5)`;
  assert.deepEqual(outcome, { type: "failed", error: { ...EVAL_ERROR, message } });
});

for (const code of ["LOAD_TIMEOUT", "SANDBOX"]) {
  test(`a load that ended with ${code} is not tried again`, async () => {
    const error = { ...EVAL_ERROR, code };
    const { outcome, engines } = await inspection({ vm2: error, process: IN_PROCESS });
    assert.deepEqual([outcome, engines], [{ type: "failed", error }, ["vm2"]]);
  });
}
