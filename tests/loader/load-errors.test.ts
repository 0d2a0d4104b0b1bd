import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import type { Inspect, LoadError } from "#loader/inspect.ts";
import type { Batch, Problem } from "#loader/revision.ts";
import { handlersFolder } from "../support/handlers-folder.ts";
import { handlersLoader } from "../support/handlers-loader.ts";

async function problemFor(context: TestContext, source: string, error: LoadError): Promise<Problem | undefined> {
  const { root } = handlersFolder(context, { "pod-added.ts": source });
  const inspect: Inspect = () => Promise.resolve({ type: "failed", error });
  const batches: Batch[] = await Array.fromAsync(handlersLoader(root, { inspect }).batches(context.signal));
  return batches[0]?.failures[0]?.problems[0];
}

test("code that throws while it loads is told like a build error, with its place and frame", async (context) => {
  const at = { file: "pod-added.ts", line: 2, column: 7 };
  const problem = await problemFor(context, "const a = 1;\nthrow new Error('no');\nexport default () => a;\n", {
    name: "Error",
    message: "no",
    at,
  });
  assert.deepEqual({ ...problem, frame: "" }, { ...at, reason: "Error: no", frame: "" });
  assert.match(problem?.frame ?? "", /^> 2 │ throw new Error\('no'\);\n +│ +\^$/m);
});

test("code that does not finish loading is told at the beginning of its file, in the runtime's words", async (context) => {
  const error = { name: "", message: "did not finish loading within 5 s", at: undefined };
  assert.deepEqual(await problemFor(context, "export default () => {};\n", error), {
    file: "pod-added.ts",
    line: 1,
    column: 1,
    reason: "did not finish loading within 5 s",
    frame: "",
  });
});

async function buildProblem(context: TestContext, source: string): Promise<Problem | undefined> {
  const { root } = handlersFolder(context, { "pod-added.ts": source });
  const [batch]: Batch[] = await Array.fromAsync(handlersLoader(root).batches(context.signal));
  return batch?.failures[0]?.problems[0];
}

test("a file that waits while it loads is told so in terms of handlers", async (context) => {
  const problem = await buildProblem(context, 'const a = 1;\nawait fetch("https://example.com");\n');
  const reason = /A handler file cannot wait while it loads: move "await" into the handler\./;
  assert.deepEqual([problem?.line, problem?.column], [2, 1]);
  assert.match(problem?.reason ?? "", reason);
  assert.match(problem?.frame ?? "", /^> 2 │ await fetch/m);
});

test("a handler that imports what only programs can is told what it can import", async (context) => {
  const source = 'import { SharedInformerFactory } from "informd";\nexport default () => SharedInformerFactory;\n';
  const problem = await buildProblem(context, source);
  assert.deepEqual([problem?.line, problem?.column], [1, 10]);
  assert.equal(
    problem?.reason,
    'A handler cannot import "SharedInformerFactory" from "informd": it gets on, isApiError, PermanentError, RetryAfter and NotAllowedError, and types',
  );
});
