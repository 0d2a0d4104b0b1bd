import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Capabilities, RunEnd } from "#sandbox/sandbox.ts";
import { onEachEngine } from "../support/on-each-engine.ts";
import { FREE_HOST_TIME } from "../support/free-host-time.ts";
import { pool, type Served, type ServeWith } from "../support/sandbox-rig.ts";

const DEADLINE_MS = 400;

onEachEngine("handler that goes wrong", ({ engine, serve }) => {
  /** A handler that misbehaves, and one beside it that must not notice. */
  async function beside(
    t: TestContext,
    name: string,
    options?: ServeWith,
  ): Promise<Served & { readonly othersGoOn: () => Promise<void> }> {
    const sandboxes = await pool(t);
    const neighbour = await serve(sandboxes, "logs-object");
    const served = await serve(sandboxes, name, options);
    const othersGoOn = async (): Promise<void> => {
      assert.equal((await neighbour.run()).type, "returned");
    };
    return { ...served, othersGoOn };
  }

  function threw(end: RunEnd): { name: string; message: string } {
    assert.equal(end.type, "threw", JSON.stringify(end));
    return end.type === "threw" ? end.error : { name: "", message: "" };
  }

  for (const name of ["never-returns", "spins-through-microtasks", "backtracks-forever", "reads-forever"]) {
    test(`a handler that ${name.replaceAll("-", " ")} is killed at its deadline as blocked`, async (t) => {
      const { run, sandbox, othersGoOn } = await beside(t, name);
      const end = run("web", DEADLINE_MS);
      await othersGoOn();
      assert.deepEqual(await end, { type: "timedOut", how: "blocked" });
      assert.deepEqual(await sandbox.exited, { type: "timedOut" });
      await othersGoOn();
    });
  }

  for (const { what, timeoutMs, signal, end } of [
    { what: "is killed at its deadline", timeoutMs: DEADLINE_MS, signal: 0, end: { type: "timedOut", how: "blocked" } },
    { what: "dies", timeoutMs: 10_000, signal: "SIGSEGV", end: { type: "crashed", reason: "crashed (SIGSEGV)" } },
  ] as const) {
    test(`a handler that ${what} while it waits to read waits no more, and reads nothing`, async (t) => {
      const { promise: asked, resolve } = Promise.withResolvers<number>();
      const hostTime = { ...FREE_HOST_TIME, waitMs: 60_000, heldBack: resolve };
      const read = () => assert.fail("it was not its turn");
      const { run, sandbox, othersGoOn } = await beside(t, "reads-forever", { hostTime, read });
      const ended = run("web", timeoutMs);
      await asked;
      await othersGoOn();
      process.kill(sandbox.pid, signal);
      assert.deepEqual(await ended, end);
      assert.equal((await sandbox.exited).type, end.type);
    });
  }

  test("what a handler logged right before it blocked for ever is not lost", async (t) => {
    const { run, logs } = await beside(t, "logs-and-blocks");
    assert.deepEqual(await run("web", DEADLINE_MS), { type: "timedOut", how: "blocked" });
    assert.deepEqual(
      logs.map(({ message }) => message),
      ["first", "last"],
    );
  });

  test("a handler whose promise never settles is killed at its deadline as unsettled", async (t) => {
    const { run, sandbox, othersGoOn } = await beside(t, "never-settles");
    assert.deepEqual(await run("web", DEADLINE_MS), { type: "timedOut", how: "unsettled" });
    assert.deepEqual(await sandbox.exited, { type: "timedOut" });
    await othersGoOn();
  });

  test("a handler that ends when its signal aborts has timed out and keeps its process", async (t) => {
    const { run, logs, sandbox } = await beside(t, "heeds-its-signal");
    assert.deepEqual(await run("web", DEADLINE_MS), { type: "timedOut", how: "late" });
    assert.deepEqual(logs[0]?.fields, { reason: "the deadline has passed" });
    assert.equal(sandbox.running, 0);
    assert.deepEqual(await run("web", DEADLINE_MS), { type: "timedOut", how: "late" });
  });

  test("a throw in onabort is logged and hides nothing from the handler that threw it", async (t) => {
    const { run, logs } = await beside(t, "throws-in-onabort");
    assert.deepEqual(await run("web", DEADLINE_MS), { type: "timedOut", how: "unsettled" });
    assert.equal(logs[0]?.fields["error"], "RangeError: in onabort");
  });

  test("a call without an answer ends at the deadline of its run, and the process is spared", async (t) => {
    const call: Capabilities["call"] = (_method, _args, _event, signal) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const { run, logs } = await beside(t, "calls-and-waits", { call });
    assert.deepEqual(await run("web", DEADLINE_MS), { type: "timedOut", how: "late" });
    assert.deepEqual(logs[0]?.fields, { error: "AbortError: the deadline has passed" });
  });

  test("a call without an answer ends with the process that made it", async (t) => {
    const made = Promise.withResolvers<AbortSignal>();
    const call: Capabilities["call"] = (_method, _args, _event, signal) => {
      made.resolve(signal);
      return new Promise(() => {});
    };
    const { run, sandbox } = await beside(t, "calls-and-waits", { call });
    const end = run("web", 60_000);
    const signal = await made.promise;
    await sandbox.stop();
    assert.deepEqual(await end, { type: "innocent" });
    assert.equal(signal.aborted, true);
  });

  test("runs beside one that is killed at its deadline are innocent", async (t) => {
    const { run } = await beside(t, "never-settles");
    const innocent = run("other", 60_000);
    assert.equal((await run("web", DEADLINE_MS)).type, "timedOut");
    assert.deepEqual(await innocent, { type: "innocent" });
  });

  test("a handler that throws fails its run and keeps its process", async (t) => {
    const { run, othersGoOn } = await beside(t, "throws");
    for (const _ of [1, 2]) {
      const { name, message } = threw(await run("web"));
      assert.deepEqual({ name, message }, { name: "TypeError", message: "no image in web" });
    }
    await othersGoOn();
  });

  for (const odd of ["undefined", "text", "hostile", "frozen", "unreadable stack"]) {
    test(`a handler may throw anything: ${odd}`, async (t) => {
      const { run } = await serve(await pool(t), "throws-oddly");
      assert.equal((await run(odd)).type, "threw");
    });
  }

  test("a throw in a timer is logged with its stack and its place, and changes no outcome", async (t) => {
    const { run, logs, othersGoOn } = await beside(t, "throws-in-a-timer");
    assert.equal((await run()).type, "returned");
    while (logs.length === 0) assert.equal((await run()).type, "returned");
    assert.equal(logs[0]?.message, "unhandled error");
    assert.equal(logs[0]?.fields["error"], "RangeError: too late");
    const { stack, file, line, column } = logs[0]?.fields ?? {};
    assert.match(String(stack), /throws-in-a-timer\.ts:3:11/);
    assert.deepEqual({ file, line, column }, { file: "throws-in-a-timer.ts", line: 3, column: 11 });
    await othersGoOn();
  });

  test("timers without end fail the run that sets them", async (t) => {
    const { run, othersGoOn } = await beside(t, "sets-many-timers");
    assert.match(threw(await run("web", 60_000)).message, /Cannot set a timer: 10000 are set already/);
    await othersGoOn();
  });

  test("a floating rejection is logged with its stack and changes no outcome", async (t) => {
    const { run, logs, othersGoOn } = await beside(t, "rejects-floating");
    assert.equal((await run()).type, "returned");
    while (logs.length === 0) assert.equal((await run()).type, "returned");
    assert.equal(logs[0]?.message, "unhandled error");
    assert.equal(logs[0]?.fields["error"], "RangeError: nobody waits");
    assert.match(String(logs[0]?.fields["stack"]), /at (async )?writeSomewhere \(.*rejects-floating\.ts:3:9\)/);
    await othersGoOn();
  });

  test("a handler that fills its heap crashes with the limit as reason", async (t) => {
    const { run, sandbox, othersGoOn } = await beside(t, "fills-the-heap");
    const reason = "out of memory (64 MiB)";
    assert.deepEqual(await run("web", 60_000), { type: "crashed", reason });
    assert.deepEqual(await sandbox.exited, { type: "outOfMemory", reason });
    await othersGoOn();
  });

  test("a handler that hogs buffers is stopped by the limit of its process", async (t) => {
    const { run, othersGoOn } = await beside(t, "hogs-buffers");
    const end = await run("web", 60_000);
    if (end.type === "crashed") assert.equal(end.reason, "out of memory (64 MiB)");
    else assert.match(threw(end).message, /allocation failed/);
    await othersGoOn();
  });

  for (const kind of ["buffer", "array buffer"]) {
    test(`one huge ${kind} is refused with an error that the handler sees`, async (t) => {
      const { run, othersGoOn } = await beside(t, "allocates-one-huge-buffer");
      assert.equal(threw(await run(kind)).name, "RangeError");
      await othersGoOn();
    });
  }

  test("what a handler returns stays in its sandbox, however circular or large it is", async (t) => {
    const { run } = await beside(t, "returns-a-circle");
    assert.deepEqual(await run(), { type: "returned", requeueAfterMs: undefined });
    const large = await beside(t, "returns-much");
    assert.deepEqual(await large.run(), { type: "returned", requeueAfterMs: undefined });
  });

  test("a message over the limit fails its run and keeps the process", async (t) => {
    const { run, othersGoOn } = await beside(t, "returns-much");
    assert.match(threw(await run("requeue")).message, /message too large/);
    assert.equal((await run()).type, "returned");
    await othersGoOn();
  });

  test("a flood of log records fails its run and keeps the process", async (t) => {
    const { run, othersGoOn } = await beside(t, "floods-the-log");
    const end = run("web", 60_000);
    await othersGoOn();
    assert.match(threw(await end).message, /too much unsent output/);
    await othersGoOn();
  });

  test("calls above the limit of calls in flight are rejected in the handler", async (t) => {
    const pending: (() => void)[] = [];
    const call = () => new Promise<string>((resolve) => pending.push(() => resolve("null")));
    const { run, othersGoOn } = await beside(t, "floods-with-calls", { call });
    assert.match(threw(await run()).message, /64 calls wait for an answer/);
    assert.equal(pending.length, 64);
    for (const answer of pending) answer();
    await othersGoOn();
  });

  test("a handler that changes built-in objects changes only its own sandbox", async (t) => {
    const { run, logs, othersGoOn } = await beside(t, "pollutes-built-ins", { read: () => "3" });
    assert.deepEqual(await run(), { type: "returned", requeueAfterMs: undefined });
    assert.deepEqual(
      logs.map(({ message }) => message),
      ["still here"],
    );
    assert.equal((await run()).type, "returned");
    await othersGoOn();
  });

  for (const attempt of ["exit", "kill", "require", "import", "wasm"]) {
    test(`${attempt} is an error in the handler`, async (t) => {
      const { run, logs, othersGoOn } = await beside(t, "calls-what-its-object-is-called");
      threw(await run(attempt));
      assert.deepEqual(logs, []);
      await othersGoOn();
    });
  }

  for (const attempt of ["eval", "Function", "constructor.constructor", "async constructor"]) {
    const title = engine === "vm2" ? "is an error in the handler" : "evaluates code in the handler's realm";
    test(`${attempt} ${title}`, async (t) => {
      const { run, logs } = await beside(t, "calls-what-its-object-is-called");
      const end = await run(attempt);
      if (engine === "vm2") return assert.match(threw(end).message, /; option engine: "process" allows it$/);
      assert.equal(end.type, "returned");
      assert.match(String(logs[0]?.fields["got"]), /^(2|handler)$/);
    });
  }

  test("a handler sees no environment, no arguments and no way to the network", async (t) => {
    const { run, logs } = await serve(await pool(t), "looks-around");
    await run();
    assert.deepEqual(logs[0]?.fields, { env: {}, argv: [], names: ["Proxy"] });
  });
});
