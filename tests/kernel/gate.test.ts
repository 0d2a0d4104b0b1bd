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

test("a task that fails makes room for the next one", async () => {
  const gate = new Gate(1);
  await assert.rejects(gate.run(async () => Promise.reject(new Error("x"))));
  assert.equal(await gate.run(async () => 1), 1);
});
