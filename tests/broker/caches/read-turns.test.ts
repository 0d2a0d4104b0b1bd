import assert from "node:assert/strict";
import { test } from "node:test";
import { createCapabilities } from "#broker/capabilities.ts";
import type { Capabilities } from "#broker/ports.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import type { LogRecord } from "#observability/logger.ts";
import { fakeCatalog } from "../../support/api-resources.ts";
import { cacheOf, EVENT, FakeObjectClient } from "../../support/brokered-handler.ts";
import { FakeClock, settle } from "../../support/fake-clock.ts";
import { UNABORTED } from "../../support/kube-calls.ts";
import { pod } from "../../support/objects.ts";
import { quietBroker } from "../../support/quiet-broker.ts";

/** Handlers whose every read takes the host so long. */
function bench(readMs: number) {
  const clock = new FakeClock();
  const logged: unknown[] = [];
  const logSink = ({ msg, fields }: LogRecord): void => void logged.push([msg, fields]);
  const resolution = resolveOptions("pods", {});
  assert.ok(resolution.type === "ok");
  const { options } = resolution;
  const { resource, reader } = cacheOf([pod({ name: "web", namespace: "prod" })]);
  const slow = Object.assign(Object.create(reader) as typeof reader, {
    get(key: string) {
      clock.pass(readMs);
      return reader.get(key);
    },
  });
  const quiet = quietBroker(clock);
  const deps = { objects: new FakeObjectClient(), catalog: fakeCatalog(), clock, ...quiet, logSink, signal: UNABORTED };
  const handler = (id: string) =>
    createCapabilities(deps, { id, options, cache: { resource, reader: slow }, listers: {} });
  return { clock, logged, handler };
}

function readOnce(handler: Capabilities): void {
  handler.read("lister.get", ["web"], EVENT);
}

/** Reads on and on, each time in its turn. Returns how often it has read. */
function readOn(handler: Capabilities): () => number {
  let reads = 0;
  const next = async (): Promise<void> => {
    await handler.readTurn(UNABORTED);
    readOnce(handler);
    reads++;
    return next();
  };
  next().catch(() => {});
  return () => reads;
}

test("a handler's reads may keep the host busy until two seconds are used up, and then for half of the time", async () => {
  const { clock, handler } = bench(100);
  const reads = readOn(handler("greedy"));
  await settle();
  // While the host is busy the budget grows: 4 s of reading have used up 2 s of it.
  assert.equal(clock.monotonic(), 4_000);
  assert.equal(reads(), 40);
  await clock.advance(10_000);
  assert.equal(reads(), 40 + 50);
});

test("reads that cost little are never held back", async () => {
  const { clock, handler } = bench(1);
  const modest = handler("modest");
  for (let i = 0; i < 1_000; i++) {
    let isHeldBack = true;
    void modest.readTurn(UNABORTED).then(() => (isHeldBack = false));
    await settle();
    assert.equal(isHeldBack, false);
    readOnce(modest);
    await clock.advance(1);
  }
});

test("a handler that waits for its turn holds up no other, and its next revision waits with it", async () => {
  const { clock, handler } = bench(5_000);
  readOnce(handler("greedy"));
  await handler("modest").readTurn(UNABORTED);
  void handler("greedy").readTurn(UNABORTED);
  await settle();
  assert.deepEqual(clock.pending, [6_000]);
});

test("who waits for a turn and is not there any more leaves no timer", async () => {
  const { clock, handler } = bench(5_000);
  const greedy = handler("greedy");
  readOnce(greedy);
  const life = new AbortController();
  const turn = greedy.readTurn(life.signal);
  await settle();
  life.abort(new Error("the process is gone"));
  await assert.rejects(turn, /the process is gone/);
  assert.deepEqual(clock.pending, []);
});

test("a handler whose reads wait for long is told of once a minute", async () => {
  const { clock, logged, handler } = bench(500);
  readOn(handler("greedy"));
  await settle();
  await clock.advance(59_000);
  assert.deepEqual(logged, [["reads held back", { handler: "greedy", waitedMs: 500 }]]);
  await clock.advance(3_000);
  assert.equal(logged.length, 2);
});
