import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { findKernelLimits } from "#sandbox/wrappers.ts";

const HOST = join(import.meta.dirname, "..", "fixtures", "hosts-a-guest.ts");
const canEndWithHost = findKernelLimits().wrappers.some(({ file }) => file === "setpriv");

/** One that nobody has waited for yet does not live. */
function lives(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

const skip = canEndWithHost ? false : "needs setpriv of util-linux";

test("a guest in an endless loop ends with its host, even one that is killed", { skip }, async () => {
  const host = spawn(process.execPath, [HOST], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(host.stdout, "data");
  const guest = Number(String(line));
  assert.ok(lives(guest));
  host.kill("SIGKILL");
  while (lives(guest)) await sleep(5);
});
