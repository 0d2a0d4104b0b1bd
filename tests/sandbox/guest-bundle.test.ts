import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { buildGuestBundle, guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { serve } from "../support/sandbox-rig.ts";

test("a guest bundle for packaging is one file that runs on its own", async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "informd-guest-"));
  t.after(() => rmSync(directory, { recursive: true }));
  const bundle = join(directory, "guest.cjs");
  await buildGuestBundle(bundle);
  const pool = new ProcessSandboxPool(systemClock, { bundle });
  t.after(() => pool.close());
  assert.equal((await (await serve(pool, "logs-object")).run()).type, "returned");
});

test("the bundle of a checkout is made once", async () => {
  assert.equal(await guestBundle(), await guestBundle());
});
