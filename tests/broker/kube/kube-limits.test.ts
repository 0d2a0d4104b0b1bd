import assert from "node:assert/strict";
import { test } from "node:test";
import { createCapabilities } from "#broker/capabilities.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import type { LogRecord } from "#observability/logger.ts";
import { fakeCatalog } from "../../support/api-resources.ts";
import { cacheOf, EVENT, FakeObjectClient } from "../../support/brokered-handler.ts";
import { FakeClock, settle } from "../../support/fake-clock.ts";
import { EVERYTHING, UNABORTED } from "../../support/kube-calls.ts";
import { quietBroker } from "../../support/quiet-broker.ts";

function bench() {
  const clock = new FakeClock();
  const objects = new FakeObjectClient();
  const logged: unknown[] = [];
  const resolution = resolveOptions("pods", EVERYTHING);
  assert.ok(resolution.type === "ok");
  const { options } = resolution;
  const quiet = quietBroker(clock);
  const handler = (id: string) => {
    const logSink = ({ msg, fields }: LogRecord): void => void logged.push([msg, fields]);
    const deps = { objects, catalog: fakeCatalog(), clock, ...quiet, logSink, signal: UNABORTED };
    const capabilities = createCapabilities(deps, { id, options, cache: cacheOf([]), listers: {} });
    return (name = "a", signal = UNABORTED, resource = "pods") =>
      capabilities.call("kube.get", [resource, { name }], EVENT, signal);
  };
  return { clock, objects, logged, handler, paces: quiet.paces };
}

test("a handler's requests go out 40 at once and then 20 a second", async () => {
  const { clock, objects, handler } = bench();
  const get = handler("greedy");
  for (let i = 0; i < 100; i++) void get();
  await settle();
  assert.equal(objects.sent.length, 40);
  await clock.advance(1_000);
  assert.equal(objects.sent.length, 60);
});

test("revisions of a handler share its pace, also when it is renamed", async () => {
  const { clock, objects, handler, paces } = bench();
  const older = handler("greedy");
  for (let i = 0; i < 30; i++) void older();
  const newer = handler("greedy");
  for (let i = 0; i < 30; i++) void newer();
  await settle();
  assert.equal(objects.sent.length, 40);
  paces.rename("greedy", "greedier");
  const renamed = handler("greedier");
  for (let i = 0; i < 30; i++) void renamed();
  await clock.advance(1_000);
  assert.equal(objects.sent.length, 60);
});

test("a handler that was removed and comes again has a pace of its own", async () => {
  const { objects, handler, paces } = bench();
  const gone = handler("greedy");
  for (let i = 0; i < 60; i++) void gone();
  paces.remove("greedy");
  const again = handler("greedy");
  for (let i = 0; i < 10; i++) void again();
  await settle();
  assert.equal(objects.sent.length, 50);
});

test("a handler that waits holds up no other", async () => {
  const { objects, handler } = bench();
  const get = handler("greedy");
  for (let i = 0; i < 100; i++) void get();
  await handler("modest")();
  assert.equal(objects.sent.length, 41);
});

test("16 requests of a handler are in flight at most", async () => {
  const { objects, handler } = bench();
  const answers: (() => void)[] = [];
  objects.get = () => new Promise((resolve) => answers.push(() => resolve({ type: "object", object: {} })));
  const get = handler("greedy");
  for (let i = 0; i < 20; i++) void get();
  await settle();
  assert.equal(answers.length, 16);
  answers[0]?.();
  await settle();
  assert.equal(answers.length, 17);
});

test("a long answer counts as one request for each 64 KiB of it", async () => {
  const { clock, objects, handler } = bench();
  objects.answer = { type: "object", object: {}, bytes: 4 * 2 ** 20 };
  const get = handler("greedy");
  await get();
  // 64 of them: 25 more than there are, and one for itself.
  void get();
  await clock.advance(1_299);
  assert.equal(objects.sent.length, 1);
  await clock.advance(1);
  assert.equal(objects.sent.length, 2);
});

test("a resource that the cluster does not have counts as five requests", async () => {
  const { clock, objects, handler } = bench();
  const get = handler("greedy");
  let refused = 0;
  for (let i = 0; i < 20; i++) get("a", UNABORTED, `pds${i}`).catch(() => refused++);
  await settle();
  assert.equal(refused, 16);
  // 80 requests: 40 more than there are, and one for the next.
  await clock.advance(2_049);
  assert.equal(refused, 16);
  await clock.advance(1);
  assert.equal(refused, 17);
  await clock.advance(250);
  assert.equal(refused, 18);
  assert.deepEqual(objects.sent, []);
});

test("a request that waits when its run ends is never sent", async () => {
  const { clock, objects, handler } = bench();
  const get = handler("greedy");
  for (let i = 0; i < 40; i++) void get();
  const run = new AbortController();
  const late = get("late", run.signal);
  await settle();
  run.abort(new Error("the deadline has passed"));
  await assert.rejects(late, /the deadline has passed/);
  await clock.advance(10_000);
  assert.equal(objects.sent.filter(({ name }) => name === "late").length, 0);
});

test("a handler whose requests wait for a second is told of once a minute", async () => {
  const { clock, logged, handler } = bench();
  const get = handler("greedy");
  for (let i = 0; i < 59; i++) void get();
  await clock.advance(999);
  assert.deepEqual(logged, []);
  for (let i = 0; i < 1_000; i++) void get();
  await clock.advance(50_000);
  assert.deepEqual(logged, [["kube calls held back", { handler: "greedy", waitedMs: 1_001 }]]);
});

test("a call that is refused takes nobody's turn", async () => {
  const { objects, handler } = bench();
  const get = handler("greedy");
  for (let i = 0; i < 50; i++) await assert.rejects(get(".."), { code: "BAD_CALL" });
  for (let i = 0; i < 40; i++) void get();
  await settle();
  assert.equal(objects.sent.length, 40);
});

test("a handler writes in its own name", () => {
  const { objects, handler } = bench();
  handler("billing/invoice-paid");
  assert.equal(objects.fieldManager, "informd:billing/invoice-paid");
});
