import assert from "node:assert/strict";
import { test } from "node:test";
import { Gate } from "#kernel/gate.ts";
import { settle } from "../support/fake-clock.ts";

test("a gate lets so many tasks run at a time, in order", async () => {
  const gate = new Gate(2);
  const started: string[] = [];
  const tasks = ["a", "b", "c", "d"].map((name) => ({ name, ...Promise.withResolvers<string>() }));
  const results = tasks.map(({ name, promise }) =>
    gate.run(() => {
      started.push(name);
      return promise;
    }),
  );
  await settle();
  assert.deepEqual(started, ["a", "b"]);
  tasks[1]?.resolve("b");
  await settle();
  assert.deepEqual(started, ["a", "b", "c"]);
  for (const { name, resolve } of tasks) resolve(name);
  assert.deepEqual(await Promise.all(results), ["a", "b", "c", "d"]);
});

test("a task that is aborted while it waits never runs, and takes nobody's place", async () => {
  const gate = new Gate(1);
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = gate.run(() => promise);
  const aborted = new AbortController();
  const waiting = gate.run(() => assert.fail("it ran"), aborted.signal);
  const next = gate.run(async () => "next");
  aborted.abort(new Error("no more"));
  await assert.rejects(waiting, /no more/);
  await assert.rejects(
    gate.run(() => assert.fail("it ran"), aborted.signal),
    /no more/,
  );
  resolve("first");
  assert.deepEqual(await Promise.all([first, next]), ["first", "next"]);
  assert.equal(await gate.run(async () => "last"), "last");
});

test("a task that fails makes room for the next one", async () => {
  const gate = new Gate(1);
  await assert.rejects(gate.run(async () => Promise.reject(new Error("x"))));
  assert.equal(await gate.run(async () => 1), 1);
});
