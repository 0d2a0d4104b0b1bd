import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { buildGuestBundle, guestBundle } from "#sandbox/guest-bundle.ts";
import { learnCodeCache } from "#sandbox/learn-code-cache.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { serve } from "../support/sandbox-rig.ts";

test("a guest bundle for packaging runs on its own, with and without what V8 has compiled", async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "informd-guest-"));
  t.after(() => rmSync(directory, { recursive: true }));
  await buildGuestBundle(directory);
  const [boot, program, learnt] = ["guest.cjs", "guest-program.cjs", "guest.code"].map((file) => join(directory, file));
  assert.ok(boot && program && learnt);
  assert.equal(await learnCodeCache(boot, program, learnt), true);
  for (const codeCache of [undefined, learnt]) {
    const pool = new ProcessSandboxPool(systemClock, { bundle: { boot, program, codeCache } });
    t.after(() => pool.close());
    assert.equal((await (await serve(pool, "logs-object")).run()).type, "returned");
  }
});

test("the bundle of a checkout is made once", async () => {
  assert.deepEqual(await guestBundle(), await guestBundle());
});
