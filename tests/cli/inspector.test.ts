import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { DevProcess } from "../support/dev-process.ts";
import { TemporaryDirectory } from "../support/temporary-directory.ts";

const OPENED = /Debugger listening|Starting inspector/;
const NEVER_ENDS = "process.stdout.write('up'); setInterval(() => {}, 1000)";

test("SIGUSR1 opens no inspector in informd", async () => {
  using folder = new TemporaryDirectory();
  await using informd = new DevProcess([], folder.path, { command: "cluster" });
  const [, server = ""] = await informd.until(/^cluster +(https:\/\/\S+)/m);
  process.kill(informd.pid, "SIGUSR1");
  // Each answer is a turn of the event loop in which the inspector would have opened. Its certificate is its own.
  for (let turn = 0; turn < 10; turn++) await fetch(server).catch(() => {});
  informd.stop();
  assert.equal(await informd.exited, 0);
  assert.doesNotMatch(informd.text, OPENED);
});

test("SIGUSR1 opens one in a program that does nothing about it", async () => {
  const program = spawn(process.execPath, ["--eval", NEVER_ENDS], { stdio: ["ignore", "pipe", "pipe"] });
  await once(program.stdout, "data");
  program.kill("SIGUSR1");
  const [text] = await once(program.stderr, "data");
  program.kill("SIGKILL");
  assert.match(String(text), OPENED);
});
