import assert from "node:assert/strict";
import { test } from "node:test";
import { pool, program, serve } from "../support/sandbox-rig.ts";

const NEVER = new AbortController().signal;

test("engine process has Proxy, eval and new Function", async (t) => {
  const { run, logs } = await serve(await pool(t), "needs-proxy-and-eval", { engine: "process" });
  assert.deepEqual(await run(), { type: "returned", requeueAfterMs: undefined });
  assert.deepEqual(logs[0]?.fields, { upper: "WEB", sum: 3, evaluated: 4 });
});

test("engine vm2 has none of them", async (t) => {
  const result = await (await pool(t)).inspect(program("needs-proxy-and-eval"), "vm2", NEVER);
  assert.equal(result.type === "failed" && result.error.at?.file, "needs-proxy-and-eval.ts");
});

test("engine process takes syntax that vm2's parser does not know", async (t) => {
  const code = "\nmodule.exports = { default: () => /[\\p{L}--[a-z]]/v.test('x') };\ntry {} catch {}";
  const newer = { id: "newer", file: "newer.ts", code, sourceMap: "" };
  const sandboxes = await pool(t);
  assert.equal((await sandboxes.inspect(newer, "vm2", NEVER)).type, "failed");
  assert.equal((await sandboxes.inspect(newer, "process", NEVER)).type, "loaded");
});

for (const engine of ["vm2", "process"] as const) {
  test(`engine ${engine} ${engine === "vm2" ? "lacks" : "has"} Proxy, WeakRef and FinalizationRegistry`, async (t) => {
    const { run, logs } = await serve(await pool(t), "says-what-is-there", { engine });
    await run("Proxy WeakRef FinalizationRegistry");
    const expected = engine === "vm2" ? "undefined" : "function";
    assert.deepEqual(Object.values(logs[0]?.fields ?? {}), [expected, expected, expected]);
  });
}
