import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { lockStateDirectory } from "#ledger/state-directory.ts";

function temporaryDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "informd-state-"));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

test("state directory is made when it is locked", (t) => {
  const lock = lockStateDirectory(join(temporaryDirectory(t), "a", "b"));
  assert.equal(lock.type, "locked");
  if (lock.type === "locked") lock.release();
});

test("state directory is held until it is released", (t) => {
  const directory = temporaryDirectory(t);
  const first = lockStateDirectory(directory);
  assert.equal(lockStateDirectory(directory).type, "held");
  assert.ok(first.type === "locked");
  first.release();
  const second = lockStateDirectory(directory);
  assert.ok(second.type === "locked");
  second.release();
});

test("state directory is free again after its holder was killed", async (t) => {
  const directory = temporaryDirectory(t);
  const program = `
    import { lockStateDirectory } from "#ledger/state-directory.ts";
    console.log(lockStateDirectory(process.argv[1]).type);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program, directory], {
    cwd: join(import.meta.dirname, "..", ".."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  assert.equal(String(line).trim(), "locked");
  assert.equal(lockStateDirectory(directory).type, "held");
  child.kill("SIGKILL");
  await once(child, "exit");
  const lock = lockStateDirectory(directory);
  assert.ok(lock.type === "locked");
  lock.release();
});

test("state directory that cannot be made is reported with the reason", (t) => {
  const file = join(temporaryDirectory(t), "file");
  writeFileSync(file, "");
  const lock = lockStateDirectory(join(file, "state"));
  assert.ok(lock.type === "failed");
  assert.match(lock.reason, /ENOTDIR|EEXIST/);
});
