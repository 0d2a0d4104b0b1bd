import assert from "node:assert/strict";
import { test } from "node:test";
import { processUsage, readProcess } from "#observability/metrics/read-process.ts";
import { SandboxUsage, type ProcessUsage } from "#observability/metrics/sandbox-usage.ts";
import { createMetrics, textOf } from "../../support/observed-metrics.ts";

const MIB = 2 ** 20;

/** A machine with these processes. */
class Machine {
  readonly processes = new Map<number, ProcessUsage>();
  reads = 0;
  handlers: { handler: string; processIds: readonly number[]; memoryBytes: number | undefined; engine: string }[] = [];
  readonly usage = new SandboxUsage(
    (id) => {
      this.reads += 1;
      return Promise.resolve(this.processes.get(id));
    },
    () => this.handlers,
  );

  run(handler: string, processes: Readonly<Record<number, number>>): void {
    this.processes.clear();
    for (const [id, cpuSeconds] of Object.entries(processes)) {
      this.processes.set(Number(id), { cpuSeconds, memoryBytes: 20 * MIB });
    }
    this.handlers = [{ handler, processIds: Object.keys(processes).map(Number), memoryBytes: 64 * MIB, engine: "vm2" }];
  }
}

test("a handler's CPU time goes on over its processes, and never back", async () => {
  const machine = new Machine();
  const seconds = async () => (await machine.usage.read())[0]?.cpuSeconds;
  machine.run("web", { 1: 2 });
  assert.equal(await seconds(), 2);
  machine.run("web", { 1: 3, 2: 1 });
  assert.equal(await seconds(), 4);
  machine.run("web", { 2: 1.5 });
  assert.equal(await seconds(), 4.5);
  machine.run("web", {});
  assert.equal(await seconds(), 4.5);
  machine.run("web", { 3: 0.25 });
  assert.equal(await seconds(), 4.75);
});

test("a handler's memory is that of all its processes at this moment", async () => {
  const machine = new Machine();
  machine.run("web", { 1: 1, 2: 1 });
  assert.equal((await machine.usage.read())[0]?.memoryBytes, 40 * MIB);
  machine.run("web", {});
  assert.equal((await machine.usage.read())[0]?.memoryBytes, 0);
});

test("a handler that is gone is forgotten, and counts from zero when it comes back", async () => {
  const machine = new Machine();
  machine.run("web", { 1: 2 });
  await machine.usage.read();
  machine.handlers = [];
  assert.deepEqual(await machine.usage.read(), []);
  machine.run("web", { 4: 1 });
  assert.equal((await machine.usage.read())[0]?.cpuSeconds, 1);
});

test("a handler whose processes cannot be read has no series", async () => {
  const machine = new Machine();
  machine.run("web", { 1: 2 });
  machine.processes.clear();
  assert.deepEqual(await machine.usage.read(), []);
});

test("processes are read once for all who ask at the same time", async () => {
  const machine = new Machine();
  machine.run("web", { 1: 2 });
  await Promise.all([machine.usage.read(), machine.usage.read()]);
  assert.equal(machine.reads, 1);
});

test("usage is read from what Linux says of a process, whatever its name", () => {
  const stat = "42 (a) b (c) S 1 42 42 0 -1 4194304 900 0 0 0 250 50 0 0 30 10 11 0 100 600000000 15000 1844";
  const status = "Name:\ta) b (c\nVmRSS:\t   61440 kB\nRssAnon:\t   20480 kB\nRssFile:\t   40960 kB\n";
  assert.deepEqual(processUsage(stat, status), { cpuSeconds: 3, memoryBytes: 20 * MIB });
});

test("a process that is only waited for has no usage", () => {
  assert.equal(processUsage("42 (node) Z 1 42 42 0 -1 4194304 900 0 0 0 250 50 0 0", "Name:\tnode\n"), undefined);
});

test("a process that does not exist has no usage", async () => {
  assert.equal(await readProcess(2 ** 30), undefined);
});

test("where there is /proc, this process has used something", { skip: process.platform !== "linux" }, async () => {
  const { cpuSeconds = 0, memoryBytes = 0 } = (await readProcess(process.pid)) ?? {};
  assert.ok(cpuSeconds > 0 && memoryBytes > MIB);
});

test("sandboxes' deaths are counted by reason, and their limit is the heap's and what Node itself takes", async () => {
  const metrics = createMetrics();
  metrics.sandboxes.addHandler("pod-added");
  metrics.sandboxes.died("pod-added", "out_of_memory");
  const text = await textOf(metrics);
  const of = (reason: string) => text.value("informd_sandbox_restarts_total", { handler: "pod-added", reason });
  assert.deepEqual([of("timed_out"), of("out_of_memory"), of("crashed")], [0, 1, 0]);
  assert.equal(text.value("informd_sandbox_memory_limit_bytes"), 76 * MIB);
  assert.equal(text.value("informd_sandbox_cpu_seconds_total"), 1.5);
  metrics.sandboxes.removeHandler("pod-added");
  assert.deepEqual((await textOf(metrics)).series("informd_sandbox_restarts_total"), []);
});
