import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { lockFile } from "#kernel/file-lock.ts";

function temporaryDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "informd-lock-"));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

test("a file is made with its directory when it is locked", (t) => {
  const lock = lockFile(join(temporaryDirectory(t), "a", "b", "lock.db"));
  assert.equal(lock.type, "locked");
  if (lock.type === "locked") lock.release();
});

test("a directory that is made for a lock is its owner's alone, and one that exists is left as it is", (t) => {
  const [made, existing] = [join(temporaryDirectory(t), "made"), join(temporaryDirectory(t), "existing")];
  mkdirSync(existing);
  chmodSync(existing, 0o755);
  for (const directory of [made, existing]) {
    const lock = lockFile(join(directory, "lock.db"));
    assert.ok(lock.type === "locked");
    lock.release();
  }
  assert.deepEqual(
    [made, existing].map((directory) => statSync(directory).mode & 0o777),
    [0o700, 0o755],
  );
});

test("a directory that is made for a lock keeps itself out of Git, and one that exists is left as it is", (t) => {
  const existing = temporaryDirectory(t);
  const made = join(existing, "made");
  for (const directory of [existing, made]) {
    const lock = lockFile(join(directory, "lock.db"));
    assert.ok(lock.type === "locked");
    lock.release();
  }
  assert.equal(readFileSync(join(made, ".gitignore"), "utf8"), "*\n");
  assert.equal(existsSync(join(existing, ".gitignore")), false);
});

test("a file is held until it is released", (t) => {
  const path = join(temporaryDirectory(t), "lock.db");
  const first = lockFile(path);
  assert.equal(lockFile(path).type, "held");
  assert.ok(first.type === "locked");
  first.release();
  const second = lockFile(path);
  assert.ok(second.type === "locked");
  second.release();
});

test("a file is free again after its holder was killed", async (t) => {
  const path = join(temporaryDirectory(t), "lock.db");
  const program = `
    import { lockFile } from "#kernel/file-lock.ts";
    const lock = lockFile(process.argv[1]);
    console.log(lock.type);
    setInterval(() => lock.type, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program, path], {
    cwd: join(import.meta.dirname, "..", ".."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  const [line] = await once(child.stdout, "data");
  assert.equal(String(line).trim(), "locked");
  assert.equal(lockFile(path).type, "held");
  child.kill("SIGKILL");
  await once(child, "exit");
  const lock = lockFile(path);
  assert.ok(lock.type === "locked");
  lock.release();
});

test("a file that cannot be made is reported with the reason", (t) => {
  const file = join(temporaryDirectory(t), "file");
  writeFileSync(file, "");
  const lock = lockFile(join(file, "lock.db"));
  assert.ok(lock.type === "failed");
  assert.match(lock.reason, /ENOTDIR|EEXIST/);
});
