import assert from "node:assert/strict";
import { test } from "node:test";
import { createCapabilities } from "#broker/capabilities.ts";
import type { Capabilities } from "#broker/ports.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import type { LogRecord } from "#observability/logger.ts";
import { fakeCatalog } from "../support/api-resources.ts";
import { cacheOf, FakeObjectClient } from "../support/brokered-handler.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { UNABORTED } from "../support/kube-calls.ts";
import { quietBroker } from "../support/quiet-broker.ts";

/** Handlers whose every question takes the host so long. */
function bench(questionMs: number) {
  const clock = new FakeClock();
  const logged: unknown[] = [];
  const logSink = ({ msg, fields }: LogRecord): void => void logged.push([msg, fields]);
  const resolution = resolveOptions("pods", {});
  assert.ok(resolution.type === "ok");
  const { options } = resolution;
  const quiet = quietBroker(clock);
  const deps = { objects: new FakeObjectClient(), catalog: fakeCatalog(), clock, ...quiet, logSink, signal: UNABORTED };
  const handler = (id: string) => createCapabilities(deps, { id, options, cache: cacheOf([]), listers: {} });
  const ask = ({ hostTime }: Capabilities) => hostTime.spend(() => clock.pass(questionMs));
  /** Asks on and on for so long, and waits when it has to. Returns how often it has asked. */
  const askFor = async (handler: Capabilities, ms: number): Promise<number> => {
    const endMs = clock.monotonic() + ms;
    let questions = 0;
    while (clock.monotonic() < endMs) {
      const { waitMs } = handler.hostTime;
      if (waitMs > 0) handler.hostTime.heldBack(waitMs);
      await clock.advance(waitMs);
      ask(handler);
      questions++;
    }
    return questions;
  };
  return { clock, logged, handler, ask, askFor };
}

test("a handler may keep the host busy until two seconds are used up, and then for half of the time", async () => {
  const { handler, askFor } = bench(100);
  const greedy = handler("greedy");
  // While the host is busy the budget grows: 4 s of work have used up 2 s of it.
  assert.equal(await askFor(greedy, 4_000), 40);
  assert.equal(await askFor(greedy, 10_000), 50);
});

test("a handler that costs little never waits", async () => {
  const { clock, handler, ask } = bench(1);
  const modest = handler("modest");
  for (let i = 0; i < 10_000; i++) {
    ask(modest);
    await clock.advance(1);
    assert.equal(modest.hostTime.waitMs, 0);
  }
});

test("what fails costs as much", () => {
  const { clock, handler } = bench(0);
  const { hostTime } = handler("greedy");
  const fail = (): never => {
    clock.pass(2_500);
    throw new Error("no");
  };
  assert.throws(() => hostTime.spend(fail), /no/);
  assert.equal(hostTime.waitMs, 1_000);
});

test("a handler that has to wait holds up no other, and its next revision waits with it", () => {
  const { handler, ask } = bench(2_500);
  ask(handler("greedy"));
  assert.equal(handler("modest").hostTime.waitMs, 0);
  assert.equal(handler("greedy").hostTime.waitMs, 1_000);
});

test("a handler that has to wait for a second within a minute is told of once", async () => {
  const { logged, handler, askFor } = bench(100);
  const greedy = handler("greedy");
  await askFor(greedy, 4_000 + 2_100);
  assert.deepEqual(logged, [["handler slowed down", { handler: "greedy", waitedMs: 1_000 }]]);
  await askFor(greedy, 58_000);
  assert.equal(logged.length, 1);
  await askFor(greedy, 10_000);
  assert.equal(logged.length, 2);
});

test("a handler that waits now and then is not told of", async () => {
  const { clock, logged, handler, ask } = bench(2_000 + 400);
  const { hostTime } = handler("now and then");
  for (let minute = 0; minute < 10; minute++) {
    ask(handler("now and then"));
    hostTime.heldBack(hostTime.waitMs);
    await clock.advance(60_000);
  }
  assert.deepEqual(logged, []);
});
