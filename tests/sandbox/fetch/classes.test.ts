import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "../../fixtures/programs/fetch-classes.ts";
import { onEachEngine } from "../../support/on-each-engine.ts";
import { pool } from "../../support/sandbox-rig.ts";

onEachEngine("classes around fetch", ({ serve }) => {
  test("the classes around fetch behave as Node's own", async (t) => {
    const { run, logs } = await serve(await pool(t), "fetch-classes");
    for (const [name, evaluate] of Object.entries(cases)) {
      await t.test(name, async () => {
        assert.deepEqual(await run(name), { type: "returned", requeueAfterMs: undefined });
        const inside = String(logs.at(-1)?.fields["json"]);
        assert.deepEqual(JSON.parse(inside), JSON.parse(JSON.stringify(await evaluate())));
      });
    }
  });
});
