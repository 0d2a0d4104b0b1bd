import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "#kernel/clock.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { MEMORY_BYTES, pool, program, serve } from "../support/sandbox-rig.ts";

const NEVER = new AbortController().signal;

/** The guests that this process has started and that live. */
function guests(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  return children.filter((pid) => pid !== "" && commandLine(pid).includes("--permission")).map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

const onLinux = { skip: readdirSync("/").includes("proc") ? false : "needs /proc" };

test("an open after an inspect takes over the process that has loaded the code", onLinux, async (t) => {
  const sandboxes = await pool(t);
  await sandboxes.inspect(program("counts-its-loads"), "vm2", NEVER);
  const [inspected] = guests();
  const { sandbox, run, logs } = await serve(sandboxes, "counts-its-loads");
  assert.equal(sandbox.pid, inspected);
  await run();
  assert.equal(logs[0]?.fields["events"], 1);
});

test("a guest has no files open but its pipes once a handler is there", onLinux, async (t) => {
  const { sandbox } = await serve(await pool(t), "logs-object");
  const folder = `/proc/${sandbox.pid}/fd`;
  const open = readdirSync(folder).map((descriptor) => readlinkSync(`${folder}/${descriptor}`));
  assert.deepEqual(
    open.filter((target) => target.startsWith("/") && target !== "/dev/null"),
    [],
  );
});

test("a second open of the same program gets a process of its own", onLinux, async (t) => {
  const sandboxes = await pool(t);
  await sandboxes.inspect(program("counts-its-loads"), "vm2", NEVER);
  const first = await serve(sandboxes, "counts-its-loads");
  const second = await serve(sandboxes, "counts-its-loads");
  assert.notEqual(first.sandbox.pid, second.sandbox.pid);
});

test("an open in another engine does not take over what was inspected", onLinux, async (t) => {
  const sandboxes = await pool(t);
  await sandboxes.inspect(program("counts-its-loads"), "vm2", NEVER);
  const [inspected] = guests();
  const inProcess = await serve(sandboxes, "counts-its-loads", { engine: "process" });
  assert.notEqual(inProcess.sandbox.pid, inspected);
  const inVm2 = await serve(sandboxes, "counts-its-loads");
  assert.equal(inVm2.sandbox.pid, inspected);
});

test("a spare serves whichever engine is asked for", onLinux, async (t) => {
  const sandboxes = await pool(t);
  void sandboxes.warm();
  let spare: number | undefined;
  await until(() => (spare = guests()[0]) !== undefined);
  const { sandbox, run } = await serve(sandboxes, "logs-object", { engine: "process" });
  assert.equal(sandbox.pid, spare);
  assert.equal((await run()).type, "returned");
});

test("an open with more memory does not take over what was inspected", onLinux, async (t) => {
  const sandboxes = await pool(t);
  await sandboxes.inspect(program("counts-its-loads"), "vm2", NEVER);
  const [inspected] = guests();
  const { sandbox } = await serve(sandboxes, "counts-its-loads", { memoryBytes: 2 * MEMORY_BYTES });
  assert.notEqual(sandbox.pid, inspected);
  assert.match(commandLine(String(sandbox.pid)), /--max-old-space-size=128/);
});

test("a warm pool gives its spare away and makes another", onLinux, async (t) => {
  const sandboxes = await pool(t);
  void sandboxes.warm();
  let spare: number | undefined;
  // While a process executes its next wrapper it has no command line for a moment.
  await until(() => (spare = guests()[0]) !== undefined);
  const { sandbox } = await serve(sandboxes, "logs-object");
  assert.equal(sandbox.pid, spare);
  await until(() => guests().length === 2);
});

test("a pool that is to have two spares has them once one was given away", onLinux, async (t) => {
  const sandboxes = new ProcessSandboxPool(systemClock, { bundle: await guestBundle(), spares: 2 });
  t.after(() => sandboxes.close());
  void sandboxes.warm();
  await until(() => guests().length === 1);
  const { sandbox } = await serve(sandboxes, "logs-object");
  let all: number[] = [];
  await until(() => (all = guests()).length === 3);
  const spares = all.filter((pid) => pid !== sandbox.pid);
  const others = await Promise.all([serve(sandboxes, "logs-object"), serve(sandboxes, "logs-object")]);
  assert.deepEqual(new Set(others.map((other) => other.sandbox.pid)), new Set(spares));
});

test("a spare that has waited for a while is as good as a fresh one", onLinux, async (t) => {
  const sandboxes = await pool(t);
  void sandboxes.warm();
  await sleep(500);
  const [spare] = guests();
  const { sandbox, run } = await serve(sandboxes, "logs-object");
  assert.equal(sandbox.pid, spare);
  assert.equal((await run()).type, "returned");
});

test("many programs can be opened at once", async (t) => {
  const sandboxes = await pool(t);
  const served = await Promise.all(Array.from({ length: 8 }, () => serve(sandboxes, "logs-object")));
  const ends = await Promise.all(served.map(({ run }) => run()));
  assert.deepEqual(new Set(ends.map(({ type }) => type)), new Set(["returned"]));
  assert.equal(new Set(served.map(({ sandbox }) => sandbox.pid)).size, 8);
});

test("a newer version of a file takes the place of the inspected one", onLinux, async (t) => {
  const sandboxes = await pool(t);
  const older = program("logs-object");
  await sandboxes.inspect(older, "vm2", NEVER);
  const [first] = guests();
  await sandboxes.inspect({ ...older, id: "newer" }, "vm2", NEVER);
  await until(() => guests().length === 1);
  assert.notEqual(guests()[0], first);
});

test("what was inspected and not opened is let go after a while", onLinux, async (t) => {
  const clock = new FakeClock();
  const sandboxes = new ProcessSandboxPool(clock, { bundle: await guestBundle() });
  t.after(() => sandboxes.close());
  await sandboxes.inspect(program("logs-object"), "vm2", NEVER);
  assert.equal(guests().length, 1);
  await clock.advance(30_000);
  await until(() => guests().length === 0);
});

test("what was inspected is kept for as long as other programs are inspected", onLinux, async (t) => {
  const clock = new FakeClock();
  const sandboxes = new ProcessSandboxPool(clock, { bundle: await guestBundle() });
  t.after(() => sandboxes.close());
  await sandboxes.inspect(program("logs-object"), "vm2", NEVER);
  const [first] = guests();
  await clock.advance(29_000);
  await sandboxes.inspect(program("counts-its-loads"), "vm2", NEVER);
  await clock.advance(29_000);
  const { sandbox } = await serve(sandboxes, "logs-object");
  assert.equal(sandbox.pid, first);
});

test("stop ends the process, and runs in flight are innocent", onLinux, async (t) => {
  const { sandbox, run } = await serve(await pool(t), "never-settles");
  const end = run();
  await sandbox.stop();
  await sandbox.stop();
  assert.deepEqual(await end, { type: "innocent" });
  assert.deepEqual(await sandbox.exited, { type: "stopped" });
  assert.equal(guests().includes(sandbox.pid), false);
});

test("close ends every process: serving, inspected and spare", onLinux, async (t) => {
  const sandboxes = await pool(t);
  void sandboxes.warm();
  await serve(sandboxes, "logs-object");
  await sandboxes.inspect(program("counts-its-loads"), "vm2", NEVER);
  assert.ok(guests().length >= 2);
  await sandboxes.close();
  assert.deepEqual(guests(), []);
});

test("a closed pool opens nothing", async (t) => {
  const sandboxes = await pool(t);
  await sandboxes.close();
  const result = await sandboxes.inspect(program("logs-object"), "vm2", NEVER);
  assert.equal(result.type === "failed" && result.error.message, "Cannot start a sandbox: the pool is closed");
});

test("a run on a sandbox that is gone ends at once", async (t) => {
  const { sandbox, run } = await serve(await pool(t), "logs-object");
  await sandbox.stop();
  assert.deepEqual(await run(), { type: "innocent" });
});

test("a guest runs with --permission and without any allowance, environment or priority", onLinux, async (t) => {
  const { sandbox } = await serve(await pool(t), "logs-object");
  const flags = commandLine(String(sandbox.pid))
    .split("\0")
    .filter((flag) => flag.startsWith("--"));
  assert.deepEqual(flags, [
    "--permission",
    "--no-experimental-sqlite",
    "--disable-sigusr1",
    "--no-addons",
    "--no-warnings",
    "--max-old-space-size=64",
    "--max-semi-space-size=1",
  ]);
  assert.equal(readFileSync(`/proc/${sandbox.pid}/environ`, "utf8"), "");
  assert.equal(readFileSync(`/proc/${sandbox.pid}/stat`, "utf8").split(" ")[18], "10");
});

test(
  "a guest's memory, files and descriptors are limited by the kernel where prlimit is at hand",
  onLinux,
  async (t) => {
    const sandboxes = await pool(t);
    if (sandboxes.isolation === "process") return t.skip("no prlimit on this machine");
    // What the first one has reserved sets the limit of all.
    const first = await serve(sandboxes, "logs-object");
    const second = await serve(sandboxes, "logs-object");
    for (const { sandbox } of [first, second]) {
      const limits = readFileSync(`/proc/${sandbox.pid}/limits`, "utf8");
      const limit = (name: string): string | undefined => new RegExp(`^${name}\\s+(\\S+)`, "m").exec(limits)?.[1];
      assert.notEqual(limit("Max data size"), "unlimited");
      assert.deepEqual(
        [limit("Max file size"), limit("Max core file size"), limit("Max open files")],
        ["0", "0", "64"],
      );
    }
  },
);

test("a process that cannot be started fails the inspection, and says why", async (t) => {
  const nowhere = join(import.meta.dirname, "no-such-file.cjs");
  const broken = new ProcessSandboxPool(systemClock, {
    bundle: { boot: nowhere, program: nowhere, codeCache: undefined },
  });
  t.after(() => broken.close());
  const result = await broken.inspect(program("logs-object"), "vm2", NEVER);
  assert.ok(result.type === "failed");
  assert.match(result.error.message, /^Cannot start a sandbox: Error: ENOENT/);
});
