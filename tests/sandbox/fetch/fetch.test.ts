import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "../../fixtures/programs/fetches.ts";
import { echoServer } from "../../support/echo-server.ts";
import { fetchingHost } from "../../support/fetching-host.ts";
import { onEachEngine } from "../../support/on-each-engine.ts";
import { pool } from "../../support/sandbox-rig.ts";

onEachEngine("fetch of a handler", ({ serve }) => {
  test("fetch in a sandbox behaves as Node's own, the global one and that of the context", async (t) => {
    const server = `http://127.0.0.1:${await echoServer(t)}`;
    const { run, logs } = await serve(await pool(t), "fetches", { call: fetchingHost, env: { SERVER: server } });
    for (const [name, evaluate] of Object.entries(cases)) {
      await t.test(name, async () => {
        const own = JSON.parse(JSON.stringify(await evaluate(fetch, server)));
        for (const whose of ["global", "context"]) {
          assert.deepEqual(await run(`${name}/${whose}`), { type: "returned", requeueAfterMs: undefined });
          assert.deepEqual(JSON.parse(String(logs.at(-1)?.fields["json"])), own);
        }
      });
    }
  });
});
