import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { HandlerEvents } from "#assembly/events/handler-events.ts";
import type { DispatchObserver } from "#dispatch/ports.ts";
import type { RecordedEvent } from "#kubernetes/event-recorder.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";
import { revision } from "../support/revisions.ts";

const TIMING = { afterMs: 1, sinceSeenMs: 1 };
const watch = revision({ handler: "watch" });

let recorded: RecordedEvent[];
let handlers: Partial<SupervisorObserver>;
let runs: Partial<DispatchObserver>;

beforeEach(() => {
  recorded = [];
  const events = new HandlerEvents({
    recorder: { record: (event) => void recorded.push(event) },
    regarding: (name) => ({ apiVersion: "informd.io/v1", kind: "Handler", namespace: "ops", name }),
  });
  handlers = events.supervisorObserver;
  runs = events.dispatchObserver(() => "watch");
});

const told = (): string[] => recorded.map(({ type, reason }) => `${type} ${reason}`);

test("a handler that begins to fail is one Event, however often it is tried", () => {
  runs.healthChanged?.({ type: "failing", retryInMs: 1_000 });
  runs.healthChanged?.({ type: "failing", retryInMs: 2_000 });
  assert.deepEqual(told(), ["Warning HandlerFailing"]);
  assert.match(recorded[0]?.message ?? "", /^Handler "watch" fails: ten runs in a row did\./);
  assert.equal(recorded[0]?.regarding.name, "watch");
});

test("a quarantine is told, and the recovery from it", () => {
  runs.healthChanged?.({ type: "quarantined", retryInMs: 1_000, failing: false });
  runs.healthChanged?.({ type: "quarantined", retryInMs: 2_000, failing: true });
  runs.healthChanged?.({ type: "healthy" });
  runs.healthChanged?.({ type: "healthy" });
  assert.deepEqual(told(), ["Warning HandlerQuarantined", "Normal HandlerRecovered"]);
});

test("a handler that was always well is no Event", () => {
  runs.healthChanged?.({ type: "healthy" });
  handlers.live?.(watch, TIMING);
  assert.deepEqual(told(), []);
});

test("messages of one state are alike, so that repeats can be counted", () => {
  for (const retryInMs of [1_000, 64_000]) {
    runs.healthChanged?.({ type: "failing", retryInMs });
    runs.healthChanged?.({ type: "healthy" });
  }
  assert.equal(new Set(recorded.map(({ message }) => message)).size, 2);
});

test("a handler without its caches is told with the reason, and when it runs", () => {
  handlers.degraded?.(watch, "Cannot list pods: forbidden (403)", false);
  handlers.live?.(watch, TIMING);
  handlers.live?.(watch, TIMING);
  assert.deepEqual(told(), ["Warning HandlerDegraded", "Normal HandlerRecovered"]);
  assert.equal(recorded[0]?.message, 'Handler "watch" does not run: Cannot list pods: forbidden (403)');
});

test("a degraded handler whose older revision serves is told as that", () => {
  handlers.degraded?.(watch, "the cluster has no such kind", true);
  assert.match(recorded[0]?.message ?? "", /goes on with its older revision, the new one waits: the cluster has no/);
});

test("a degraded handler that is removed has not recovered when another takes its name", () => {
  handlers.degraded?.(watch, "no such kind", false);
  handlers.removed?.("watch", 0);
  handlers.live?.(watch, TIMING);
  assert.deepEqual(told(), ["Warning HandlerDegraded"]);
});

test("a degraded handler recovers when what serves is saved again, once", () => {
  handlers.confirmed?.(watch);
  handlers.degraded?.(watch, "no such kind", true);
  handlers.confirmed?.(watch);
  handlers.live?.(watch, TIMING);
  assert.deepEqual(told(), ["Warning HandlerDegraded", "Normal HandlerRecovered"]);
});

test("a degraded handler that is renamed recovers under its new name", () => {
  handlers.degraded?.(watch, "no such kind", false);
  handlers.renamed?.("watch", "look");
  handlers.live?.(revision({ handler: "look" }), TIMING);
  assert.equal(recorded[1]?.message, 'Handler "look" runs again.');
});
