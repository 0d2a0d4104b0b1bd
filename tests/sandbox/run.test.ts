import assert from "node:assert/strict";
import { test } from "node:test";
import { onEachEngine } from "../support/on-each-engine.ts";
import { pool } from "../support/sandbox-rig.ts";

onEachEngine("run of an event", ({ serve }) => {
  test("a sandbox runs an event and hands over what the handler logs", async (t) => {
    const { run, logs } = await serve(await pool(t), "logs-object");
    assert.deepEqual(await run("web"), { type: "returned", requeueAfterMs: undefined });
    assert.deepEqual(logs, [
      {
        level: "info",
        message: "pod added",
        fields: { name: "web", type: "added" },
        event: { id: "web/1/added", namespace: "shop", name: "web" },
      },
    ]);
  });

  test("events of one sandbox run side by side", async (t) => {
    const { run, sandbox } = await serve(await pool(t), "waits-for-its-turn");
    const ends = [run("3"), run("3"), run("3")];
    assert.equal(sandbox.running, 3);
    for (const end of await Promise.all(ends)) assert.equal(end.type, "returned");
    assert.equal(sandbox.running, 0);
  });

  for (const [written, ms] of [
    ["5m", 300_000],
    ["1h30m", 5_400_000],
    ["250ms", 250],
  ] as const) {
    test(`requeueAfter "${written}" is ${ms} ms`, async (t) => {
      const { run } = await serve(await pool(t), "requeues");
      assert.deepEqual(await run(written), { type: "returned", requeueAfterMs: ms });
    });
  }

  test("a requeueAfter that is no duration fails the run and says what to write", async (t) => {
    const { run } = await serve(await pool(t), "requeues");
    const end = await run("soon");
    assert.equal(end.type, "threw");
    assert.match(end.type === "threw" ? end.error.message : "", /Cannot requeue after "soon".*"30s"/);
  });

  for (const name of ["requeue", "RequeueAfter", "re_queue_after"]) {
    test(`a returned "${name}" fails the run and says what to write`, async (t) => {
      const { run } = await serve(await pool(t), "returns-by-mistake");
      const end = await run(name);
      assert.match(end.type === "threw" ? end.error.message : "", new RegExp(`"${name}".*requeueAfter: "5m"`));
    });
  }

  test("an error that is returned counts as thrown", async (t) => {
    const { run } = await serve(await pool(t), "returns-by-mistake");
    const end = await run("error");
    assert.deepEqual(end.type === "threw" && [end.error.message, end.permanent], ["no greeting", true]);
  });

  test("whatever else is returned means nothing", async (t) => {
    const { run } = await serve(await pool(t), "returns-by-mistake");
    for (const name of ["queue", "list"]) assert.equal((await run(name)).type, "returned");
  });

  test("an error that is logged or thrown has its places in the source, and says its cause", async (t) => {
    const { run, logs } = await serve(await pool(t), "logs-an-error");
    const end = await run();
    const [caught, shown] = logs;
    const { error }: { error?: { stack?: string; cause?: { message?: string; stack?: string } } } =
      caught?.fields ?? {};
    assert.match(error?.stack ?? "", /^Error: no answer\n +at .*logs-an-error\.ts:7:17/);
    assert.match(error?.cause?.stack ?? "", /^Error: the line is dead\n +at .*logs-an-error\.ts:7:\d+/);
    assert.match(shown?.message ?? "", /^Error: no answer\n +at .*logs-an-error\.ts:7:17/);
    assert.equal(end.type === "threw" && end.error.message, "given up (cause: no answer) (cause: the line is dead)");
  });

  test("a PermanentError is permanent", async (t) => {
    const { run } = await serve(await pool(t), "throws-permanent");
    const end = await run();
    assert.equal(end.type === "threw" && end.permanent, true);
  });

  test("a RetryAfter carries its delay", async (t) => {
    const { run } = await serve(await pool(t), "throws-retry-after");
    const end = await run();
    assert.deepEqual(end.type === "threw" && [end.permanent, end.retryAfterMs], [false, 30_000]);
  });

  test("an abort reaches the signal of every run in flight", async (t) => {
    const { run, sandbox, logs } = await serve(await pool(t), "heeds-its-signal");
    const ends = [run("a"), run("b")];
    sandbox.abort("the runtime stops");
    for (const end of await Promise.all(ends)) assert.equal(end.type, "returned");
    assert.deepEqual(
      logs.map(({ fields }) => fields["reason"]),
      ["the runtime stops", "the runtime stops"],
    );
  });

  test("a signal to the whole group of processes, as Ctrl-C sends it, ends no run", async (t) => {
    const { run, sandbox } = await serve(await pool(t), "waits-for-its-turn");
    const first = run("2");
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(sandbox.pid, signal);
    assert.equal((await run("2")).type, "returned");
    assert.equal((await first).type, "returned");
  });

  test("a stack names the places in the TypeScript", async (t) => {
    const { run } = await serve(await pool(t), "throws");
    const end = await run("web");
    const error = end.type === "threw" ? end.error : undefined;
    assert.deepEqual(error?.stack.split("\n"), [
      "TypeError: no image in web",
      "    at image (throws.ts:6:9)",
      "    at onAdded (throws.ts:10:10)",
    ]);
    assert.deepEqual(error?.at, { file: "throws.ts", line: 6, column: 9 });
  });

  test("log records arrive in order and none is lost, however many there are", async (t) => {
    const count = 15_000;
    const { run, logs } = await serve(await pool(t), "logs-often");
    assert.equal((await run(String(count), 60_000)).type, "returned");
    assert.equal(logs.length, count);
    assert.ok(logs.every(({ fields }, index) => fields["number"] === index));
  });
});
