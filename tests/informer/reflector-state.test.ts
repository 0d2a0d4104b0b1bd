import assert from "node:assert/strict";
import { test } from "node:test";

import type { ReflectorFailure } from "#informer/reflector/reflector-failure.ts";
import { transition, worseOf, type ReflectorState, type ReflectorStep } from "#informer/reflector/reflector-state.ts";
import { settle } from "../support/fake-clock.ts";
import { informerRig, syncedRig } from "../support/informer-rig.ts";
import { refused, status } from "../support/scripted-list-watch.ts";

const failure: ReflectorFailure = { during: "list", kind: "forbidden", message: "no" };
const idle: ReflectorState = { type: "idle", since: 0, lastFailure: undefined };
const steps: readonly ReflectorStep[] = [
  { type: "connect" },
  { type: "sync" },
  { type: "watch" },
  { type: "fail", failure, retryInMs: 5 },
  { type: "stop" },
];

test("each step leads to its state", () => {
  const reached = steps.map((step) => transition(idle, step, 7));
  assert.deepEqual(reached, [
    { type: "connecting", since: 7, lastFailure: undefined },
    { type: "synced", since: 7, lastFailure: undefined },
    { type: "watching", since: 7, lastFailure: undefined },
    { type: "backing-off", since: 7, retryAt: 12, lastFailure: failure },
    { type: "stopped", since: 7, lastFailure: undefined },
  ]);
});

test("a step to the present state changes nothing, not even since when it holds", () => {
  const watching = transition(idle, { type: "watch" }, 7);
  assert.equal(transition(watching, { type: "watch" }, 8), watching);
});

test("nothing leads out of stopped", () => {
  const stopped = transition(idle, { type: "stop" }, 7);
  assert.deepEqual(new Set(steps.map((step) => transition(stopped, step, 8))), new Set([stopped]));
});

test("the last failure is remembered beyond the recovery", () => {
  const failed = transition(idle, { type: "fail", failure, retryInMs: 5 }, 7);
  assert.equal(transition(failed, { type: "watch" }, 8).lastFailure, failure);
});

test("the worse of two states is the less healthy one", () => {
  const failed = transition(idle, { type: "fail", failure, retryInMs: 5 }, 7);
  const watching = transition(idle, { type: "watch" }, 7);
  assert.equal(worseOf(watching, failed), failed);
  assert.equal(worseOf(failed, watching), failed);
});

test("an informer shows what it is doing: connecting, synced, watching, backing off, stopped", async () => {
  const { api, clock, run, informer, stop } = informerRig();
  const states: string[] = [informer.state.type];
  informer.onState(({ type }) => void states.push(type));
  run();
  api.answerList([], "10");
  await settle();
  api.lastWatch.opened();
  api.lastWatch.bookmark("11");
  api.lastWatch.fail(status(500));
  await clock.advance(800);
  await stop();
  assert.deepEqual(states, ["idle", "connecting", "synced", "watching", "backing-off", "connecting", "stopped"]);
});

test("the first event shows that the watch is open", async () => {
  const { api, informer, stop } = await syncedRig([]);
  api.lastWatch.bookmark("11");
  assert.equal(informer.state.type, "watching");
  await stop();
});

test("a recovery is told once, with the length of the outage", async () => {
  const { api, clock, run, events, stop } = informerRig();
  run();
  api.failList(refused);
  await clock.advance(800);
  api.failList(refused);
  await clock.advance(1_600);
  api.answerList([], "10");
  await settle();
  api.lastWatch.opened();
  assert.deepEqual(
    events.filter(({ type }) => type === "recovered"),
    [{ type: "recovered", outageMs: 2_400 }],
  );
  await stop();
});

test("a watch that opens again after refusals is a recovery, before its first event", async () => {
  const { api, clock, informer, events, stop } = await syncedRig([]);
  await clock.advance(1_000);
  api.refuseWatch(refused);
  api.lastWatch.close();
  await settle();
  assert.equal(informer.state.type, "backing-off");
  await clock.advance(800);
  api.lastWatch.opened();
  assert.equal(informer.state.type, "watching");
  assert.equal(
    events.some(({ type }) => type === "recovered"),
    true,
  );
  await stop();
});
