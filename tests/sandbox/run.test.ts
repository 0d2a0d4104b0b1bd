import assert from "node:assert/strict";
import { test } from "node:test";
import { pool, serve } from "../support/sandbox-rig.ts";

test("a sandbox runs an event and hands over what the handler logs", async (t) => {
  const { run, logs } = await serve(await pool(t), "logs-object");
  assert.deepEqual(await run("web"), { type: "returned", requeueAfterMs: undefined });
  assert.deepEqual(logs, [
    {
      level: "info",
      message: "pod added",
      fields: { name: "web", type: "added" },
      event: { id: "web/1/added", namespace: "shop", name: "web" },
    },
  ]);
});
