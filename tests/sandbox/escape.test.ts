import assert from "node:assert/strict";
import { test } from "node:test";
import { names } from "../fixtures/programs/tries-to-escape.ts";
import { pool, serve } from "../support/sandbox-rig.ts";

test("code in vm2 does not reach the realm of its process", async (t) => {
  const { run, logs } = await serve(await pool(t), "tries-to-escape");
  for (const name of names) {
    await t.test(`by ${name}`, async () => {
      assert.equal((await run(name)).type, "returned");
      assert.deepEqual(logs.findLast(({ message }) => message === "found")?.fields, { found: [] });
    });
  }
});

test("the proof of an escape sees one where there is no sandbox", async () => {
  const { default: handler } = await import("../fixtures/programs/tries-to-escape.ts");
  const found: unknown[] = [];
  const log = { info: (_message: string, fields: { found: string[] }) => found.push(...fields.found) };
  await handler({ object: { metadata: { name: names[0] } } }, { log });
  assert.ok(found.includes("the host's process"));
});
