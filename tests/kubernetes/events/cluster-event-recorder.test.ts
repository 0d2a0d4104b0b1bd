import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../../support/fake-clock.ts";
import { failed, MINUTE, podEvent, RecorderRig, UNREACHABLE } from "./recorder-rig.ts";

test("an Event says what happened to which object, who says it and when", async () => {
  const rig = new RecorderRig();
  await rig.record(podEvent("ten runs in a row failed"));
  assert.deepEqual(rig.bodies, [
    {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: "informd-1.19b76daa80000000000", namespace: "ops" },
      involvedObject: { apiVersion: "v1", kind: "Pod", namespace: "ops", name: "informd-1", uid: "uid of informd-1" },
      type: "Warning",
      reason: "HandlerFailing",
      message: "ten runs in a row failed",
      count: 1,
      firstTimestamp: "2026-01-01T00:00:00Z",
      lastTimestamp: "2026-01-01T00:00:00Z",
      source: { component: "informd" },
      reportingComponent: "informd",
      reportingInstance: "informd-1",
    },
  ]);
});

test("a repeat is counted in the same Event", async () => {
  const rig = new RecorderRig();
  await rig.record(podEvent("down"));
  await rig.clock.advance(MINUTE);
  await rig.record(podEvent("down"));
  assert.deepEqual(rig.sent, ["create 1 down", "patch 2 down"]);
  assert.deepEqual(rig.bodies[1], { message: "down", count: 2, lastTimestamp: "2026-01-01T00:01:00Z" });
  assert.equal(rig.names[0], rig.names[1]);
});

test("repeats of what waits are one request", async () => {
  const rig = new RecorderRig();
  await rig.record(podEvent("down"), podEvent("down"), podEvent("down"));
  assert.deepEqual(rig.sent, ["create 3 down"]);
});

test("a repeat while its Event is being sent is sent after it", async () => {
  const rig = new RecorderRig();
  rig.held = Promise.withResolvers();
  await rig.record(podEvent("down"));
  await rig.record(podEvent("down"));
  rig.held.resolve();
  await settle();
  assert.deepEqual(rig.sent, ["create 1 down", "patch 2 down"]);
});

test("a repeat after the API server's memory of Events is a new Event", async () => {
  const rig = new RecorderRig();
  await rig.record(podEvent("down"));
  await rig.clock.advance(60 * MINUTE);
  await rig.record(podEvent("down"));
  assert.deepEqual(rig.sent, ["create 1 down", "create 1 down"]);
});

test("an Event that the API server no longer has is created again, with its count", async () => {
  const rig = new RecorderRig();
  await rig.record(podEvent("down"));
  rig.answers.push(failed(404, "NotFound"));
  await rig.record(podEvent("down"));
  assert.deepEqual(rig.sent, ["create 1 down", "patch 2 down", "create 2 down"]);
  assert.deepEqual(rig.logger.lines, []);
});

test("other objects, types, reasons and messages are other Events", async () => {
  const rig = new RecorderRig();
  const event = podEvent("down");
  await rig.record(event, { ...event, type: "Normal" }, podEvent("up"), podEvent("down", { pod: "informd-2" }));
  await rig.record(podEvent("down", { reason: "HandlerDegraded" }));
  assert.equal(rig.sent.filter((line) => line.startsWith("create 1")).length, 5);
});

test("the tenth similar Event within ten minutes begins a combined one", async () => {
  const rig = new RecorderRig();
  for (let number = 1; number <= 12; number++) await rig.record(podEvent(`down ${number}`));
  assert.deepEqual(rig.sent.slice(8), [
    "create 1 down 9",
    "create 1 (combined from similar events): down 10",
    "patch 2 (combined from similar events): down 11",
    "patch 3 (combined from similar events): down 12",
  ]);
});

test("similar Events that are ten minutes apart are not combined", async () => {
  const rig = new RecorderRig();
  for (let number = 1; number <= 12; number++) {
    await rig.record(podEvent(`down ${number}`));
    await rig.clock.advance(10 * MINUTE);
  }
  assert.deepEqual(rig.sent.at(-1), "create 1 down 12");
});

test("about one object 25 are sent at once, then one in five minutes with all that were counted", async () => {
  const rig = new RecorderRig();
  for (let number = 1; number <= 40; number++) await rig.record(podEvent("down"));
  assert.equal(rig.sent.length, 25);
  await rig.record(podEvent("down", { pod: "informd-2" }));
  assert.equal(rig.sent.at(-1), "create 1 down", "another object has its own budget");
  await rig.clock.advance(5 * MINUTE);
  await rig.record(podEvent("down"));
  await rig.record(podEvent("down"));
  assert.deepEqual(rig.sent.slice(26), ["patch 41 down"]);
});

for (const [name, answer] of [
  ["429", failed(429, "TooManyRequests")],
  ["an error of the server", failed(503, "ServiceUnavailable")],
  ["no answer", UNREACHABLE],
] as const) {
  test(`after ${name} an Event is tried again, five times in all`, async () => {
    const rig = new RecorderRig();
    rig.answers.push(answer, answer);
    await rig.record(podEvent("down"));
    assert.equal(rig.sent.length, 1);
    await rig.clock.advance(1_000);
    assert.equal(rig.sent.length, 2);
    await rig.clock.advance(2_000);
    assert.equal(rig.sent.length, 3);
    assert.deepEqual([new Set(rig.names).size, rig.logger.lines], [1, []]);
    rig.answers.push(...Array.from({ length: 9 }, () => answer));
    await rig.record(podEvent("up"));
    await rig.clock.advance(MINUTE);
    assert.deepEqual([rig.sent.length, rig.logger.lines], [8, ["warn events not written"]]);
  });
}

test("an Event waits as long as the API server asks, but no longer than ten seconds", async () => {
  const rig = new RecorderRig();
  rig.answers.push(failed(429, "TooManyRequests", 3), failed(429, "TooManyRequests", 600));
  await rig.record(podEvent("down"));
  assert.deepEqual(rig.clock.pending, [3_000]);
  await rig.clock.advance(3_000);
  assert.deepEqual(rig.clock.pending, [10_000]);
});

test("an Event that a lost answer has already created counts as written", async () => {
  const rig = new RecorderRig();
  rig.answers.push(UNREACHABLE, failed(409, "AlreadyExists"));
  await rig.record(podEvent("down"));
  await rig.clock.advance(1_000);
  await rig.record(podEvent("down"));
  assert.deepEqual(rig.sent, ["create 1 down", "create 1 down", "patch 2 down"]);
});

test("without the right Events are dropped, and the log names it once", async () => {
  const rig = new RecorderRig();
  const forbidden = failed(403, "Forbidden");
  rig.answers.push(forbidden, forbidden);
  await rig.record(podEvent("down"), podEvent("up"));
  assert.deepEqual([rig.sent, rig.clock.pending], [["create 1 down", "create 1 up"], []]);
  assert.deepEqual(rig.logger.lines, ["warn events not written"]);
  assert.deepEqual(rig.logger.fields, [
    {
      namespace: "ops",
      reason:
        'Cannot create events in namespace "ops": Forbidden it is (403). Bind a role to this user that allows it.',
    },
  ]);
});

test("an Event that was dropped is created by its next repeat, and a later refusal is logged again", async () => {
  const rig = new RecorderRig();
  rig.answers.push(failed(403, "Forbidden"));
  await rig.record(podEvent("down"));
  await rig.record(podEvent("down"));
  assert.deepEqual(rig.sent, ["create 1 down", "create 2 down"]);
  rig.answers.push(failed(403, "Forbidden"));
  await rig.record(podEvent("up"));
  assert.equal(rig.logger.lines.length, 2);
});

test("at most a thousand Events wait; what comes then is dropped", async () => {
  const rig = new RecorderRig();
  rig.held = Promise.withResolvers();
  for (let number = 1; number <= 1_100; number++) rig.recorder.record(podEvent("down", { pod: `informd-${number}` }));
  assert.deepEqual(rig.logger.lines, ["warn events not written"]);
  rig.held.resolve();
  await settle();
  assert.equal(rig.sent.length, 1_000);
});

test("a message longer than 1,024 bytes is cut between characters", async () => {
  const rig = new RecorderRig();
  await rig.record(podEvent("é".repeat(600)), podEvent("x".repeat(1_024)));
  assert.deepEqual(rig.sent, [`create 1 ${"é".repeat(510)}…`, `create 1 ${"x".repeat(1_024)}`]);
});

test("the name of an object that cannot begin a name is left out", async () => {
  const rig = new RecorderRig();
  await rig.record(
    podEvent("down", { pod: "system:node" }),
    podEvent("down", { pod: `${"a".repeat(233)}.${"b".repeat(19)}` }),
  );
  assert.deepEqual(rig.names, ["informd.19b76daa80000000000", `${"a".repeat(233)}.19b76daa80000000000`]);
});

test("close waits for what is on its way, and takes no more", async () => {
  const rig = new RecorderRig();
  rig.held = Promise.withResolvers();
  await rig.record(podEvent("down"), podEvent("up"));
  const closed = rig.recorder.close(5_000);
  rig.recorder.record(podEvent("late"));
  rig.held.resolve();
  await closed;
  assert.deepEqual([rig.sent, rig.clock.pending], [["create 1 down", "create 1 up"], []]);
});

test("close gives up after its grace, and says nothing", async () => {
  const rig = new RecorderRig();
  rig.held = Promise.withResolvers();
  await rig.record(podEvent("down"), podEvent("up"));
  const closed = rig.recorder.close(5_000);
  await rig.clock.advance(5_000);
  await Promise.all([closed, rig.recorder.close(5_000)]);
  assert.deepEqual([rig.sent, rig.logger.lines], [["create 1 down"], []]);
});

test("close ends a wait between two tries", async () => {
  const rig = new RecorderRig();
  rig.answers.push(UNREACHABLE);
  await rig.record(podEvent("down"));
  const closed = rig.recorder.close(100);
  await rig.clock.advance(100);
  await closed;
  assert.deepEqual([rig.sent.length, rig.clock.pending, rig.logger.lines], [1, [], []]);
});

test("a silent recorder sends nothing", async () => {
  const rig = new RecorderRig({ silent: true });
  await rig.record(podEvent("down"));
  assert.deepEqual(rig.sent, []);
});
