import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { LeashedProcess } from "../support/leashed-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const SUPPORT = new URL("../support/leashed-process.ts", import.meta.url).href;

/** A program that writes its process id into a file and never ends. */
function sleeper(): { readonly args: readonly string[]; readonly pidFile: string; readonly logFile: string } {
  const folder = temporaryFolder();
  const pidFile = join(folder, "pid");
  return { args: ["-c", `echo $$ > ${pidFile}; exec sleep 600`], pidFile, logFile: join(folder, "log") };
}

async function pidIn(file: string): Promise<number> {
  while (!existsSync(file) || !readFileSync(file, "utf8").endsWith("\n")) await delay(20);
  return Number(readFileSync(file, "utf8"));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("kill ends a leashed program with SIGKILL", { timeout: 60_000 }, async () => {
  const { args, pidFile, logFile } = sleeper();
  const leashed = new LeashedProcess("sh", args, logFile);
  const pid = await pidIn(pidFile);
  assert.ok(leashed.running);
  await leashed.kill();
  assert.ok(!leashed.running);
  assert.ok(!isAlive(pid));
});

test("a leashed program ends when the process that started it was killed", { timeout: 60_000 }, async () => {
  const { args, pidFile, logFile } = sleeper();
  const code = `
    const { LeashedProcess } = await import(${JSON.stringify(SUPPORT)});
    new LeashedProcess("sh", ${JSON.stringify(args)}, ${JSON.stringify(logFile)});
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "ignore" });
  const pid = await pidIn(pidFile);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  while (isAlive(pid)) await delay(20);
});
