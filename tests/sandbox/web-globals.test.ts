import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "../fixtures/programs/web-globals.ts";
import { onEachEngine } from "../support/on-each-engine.ts";
import { pool } from "../support/sandbox-rig.ts";

onEachEngine("globals of a handler", ({ serve }) => {
  test("the globals of a sandbox behave as Node's own", async (t) => {
    const { run, logs } = await serve(await pool(t), "web-globals");
    for (const [name, evaluate] of Object.entries(cases)) {
      await t.test(name, async () => {
        assert.deepEqual(await run(name), { type: "returned", requeueAfterMs: undefined });
        const inside = String(logs.at(-1)?.fields["json"]);
        assert.deepEqual(JSON.parse(inside), JSON.parse(JSON.stringify(await evaluate())));
      });
    }
  });
});
