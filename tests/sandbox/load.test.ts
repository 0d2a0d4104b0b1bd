import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { GuestError, LoadedModule } from "#sandbox/sandbox.ts";
import { onEachEngine } from "../support/on-each-engine.ts";
import { pool, program } from "../support/sandbox-rig.ts";

const NEVER = new AbortController().signal;

onEachEngine("load of a program", ({ engine, serve }) => {
  async function load(t: TestContext, name: string): Promise<LoadedModule> {
    const result = await (await pool(t)).inspect(program(name), engine, NEVER);
    assert.equal(result.type, "loaded", JSON.stringify(result));
    return result.type === "loaded" ? result.module : { default: { type: "other", found: "" }, config: undefined };
  }

  async function failToLoad(t: TestContext, name: string): Promise<GuestError> {
    const result = await (await pool(t)).inspect(program(name), engine, NEVER);
    assert.equal(result.type, "failed");
    return result.type === "failed" ? result.error : { name: "", message: "", stack: "", code: "", at: undefined };
  }

  test("a module's function and config arrive as data, its functions as true", async (t) => {
    assert.deepEqual(await load(t, "exports-function-and-config"), {
      default: { type: "function" },
      config: { events: ["added"], when: true, timeout: "5s" },
    });
  });

  test("a handler made by `on` arrives with its resource and options", async (t) => {
    const { default: shape } = await load(t, "exports-one-handler");
    assert.deepEqual(shape, { type: "handler", resource: "pods", options: { events: ["added"] } });
  });

  test("an array of handlers arrives item by item", async (t) => {
    const { default: shape } = await load(t, "exports-handlers");
    assert.deepEqual(shape, {
      type: "array",
      items: [
        { type: "handler", resource: "pods", options: { name: "first", when: true } },
        { type: "handler", resource: "deployments.apps", options: { labelSelector: "a=b" } },
      ],
    });
  });

  for (const [name, found] of [
    ["exports-a-class", "class"],
    ["exports-nothing", "undefined"],
  ] as const) {
    test(`a module that ${name.replaceAll("-", " ")} is described as ${found}`, async (t) => {
      assert.deepEqual((await load(t, name)).default, { type: "other", found });
    });
  }

  test("a throw at load fails with its place in the TypeScript", async (t) => {
    const error = await failToLoad(t, "throws-at-load");
    assert.deepEqual(
      { name: error.name, message: error.message, at: error.at },
      { name: "RangeError", message: "no settings", at: { file: "throws-at-load.ts", line: 2, column: 9 } },
    );
  });

  test("a module that is no JavaScript fails to load", async (t) => {
    const broken = { id: "broken", file: "broken.ts", code: "let = ;", sourceMap: "" };
    const result = await (await pool(t)).inspect(broken, engine, NEVER);
    assert.equal(result.type === "failed" && result.error.name, "SyntaxError");
  });

  test("a module whose process ends while it loads is told in the runtime's words, without a name of ours", async (t) => {
    const code = "const all = []; for (;;) all.push(new Array(1e6).fill(all.length));";
    const result = await (
      await pool(t)
    ).inspect({ id: "greedy", file: "greedy.ts", code, sourceMap: "" }, engine, NEVER);
    assert.equal(result.type, "failed");
    if (result.type !== "failed") return;
    assert.equal(result.error.name, "");
    assert.match(result.error.message, /^Cannot load "greedy\.ts": it /);
  });

  test("a load can be given up", async (t) => {
    const sandboxes = await pool(t);
    const signal = AbortSignal.timeout(300);
    await assert.rejects(sandboxes.inspect(program("never-loads"), engine, signal), { name: "TimeoutError" });
  });

  test("each entry of an array serves on its own, and `when` decides which events run", async (t) => {
    const sandboxes = await pool(t);
    const first = await serve(sandboxes, "exports-handlers", { entry: 0 });
    const second = await serve(sandboxes, "exports-handlers", { entry: 1 });
    assert.deepEqual(await first.run("no"), { type: "skipped" });
    assert.deepEqual(await first.run("yes"), { type: "returned", requeueAfterMs: undefined });
    await second.run("no");
    assert.deepEqual(
      [...first.logs, ...second.logs].map(({ message }) => message),
      ["first", "second"],
    );
  });

  test("what a module logs while it is loaded is handed over when it serves", async (t) => {
    const { logs } = await serve(await pool(t), "logs-at-load");
    assert.deepEqual(logs, [{ level: "info", message: "loading", fields: {}, event: undefined }]);
  });
});
