import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resolution } from "#kubernetes/resource-catalog.ts";
import { Reachability } from "#assembly/reachability.ts";
import { resolveResource } from "#assembly/caches/resolve-resource.ts";
import { PODS } from "../support/api-resources.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { RecordingLogger } from "../support/recording-logger.ts";
import { refused, status } from "../support/scripted-list-watch.ts";

/** Answers in order, the last answer for ever. */
function bench(...answers: readonly Resolution[]) {
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  let asked = 0;
  const catalog = {
    async resolve(): Promise<Resolution> {
      return answers[Math.min(asked++, answers.length - 1)] ?? assert.fail();
    },
  };
  const reasons: string[] = [];
  const deps = {
    clock,
    catalog,
    server: "https://api.test",
    reachability: new Reachability(logger, "https://api.test"),
  };
  return {
    clock,
    logger,
    reasons,
    timesAsked: () => asked,
    resolve: (signal = new AbortController().signal) =>
      resolveResource(deps, "po", (reason) => void reasons.push(reason), signal),
  };
}

const found: Resolution = { type: "found", resource: PODS };
const down: Resolution = { type: "failed", failure: refused };

test("a kind that is there is resolved with one question", async () => {
  const { resolve, reasons, timesAsked } = bench(found);
  assert.equal(await resolve(), PODS);
  assert.deepEqual([reasons, timesAsked()], [[], 1]);
});

test("a kind that is unknown is asked for every five seconds, until a CRD brings it", async () => {
  const { clock, resolve, reasons, timesAsked } = bench({ type: "unknown", nearest: ["pods"] }, found);
  const resolved = resolve();
  await clock.advance(4_999);
  assert.equal(timesAsked(), 1);
  await clock.advance(1);
  assert.equal(await resolved, PODS);
  assert.deepEqual(reasons, [
    'Cannot watch "po": the cluster has no such kind. Nearest: "pods". It is asked for again every 5 s.',
  ]);
});

test("a name that means two kinds says which names mean one", async () => {
  const { clock, resolve, reasons } = bench({ type: "ambiguous", candidates: ["a.x.io", "a.y.io"] }, found);
  const resolved = resolve();
  await clock.advance(5_000);
  await resolved;
  assert.deepEqual(reasons, ['Cannot watch "po": it could be "a.x.io" or "a.y.io". Write one of these.']);
});

test("a server that refuses is a reason, but not an outage", async () => {
  const { clock, resolve, reasons, logger } = bench({ type: "failed", failure: status(403, "Forbidden") }, found);
  const resolved = resolve();
  await clock.advance(5_000);
  await resolved;
  assert.match(reasons[0] ?? "", /^Cannot look "po" up: Forbidden \(403\)/);
  assert.deepEqual(logger.lines, []);
});

test("two handlers that cannot look the same kind up make one outage, also when one of them gives up", async () => {
  const { clock, resolve, logger } = bench(down, down, down, down, found);
  const stop = new AbortController();
  const [givenUp, resolved] = [resolve(stop.signal), resolve()];
  await clock.advance(0);
  stop.abort(new Error("removed"));
  await assert.rejects(givenUp, /removed/);
  await clock.advance(15_000);
  assert.equal(await resolved, PODS);
  assert.deepEqual(logger.lines, ["warn API server unreachable", "info API server reachable"]);
});

test("giving up leaves no timer behind", async () => {
  const { clock, resolve } = bench(down);
  const stop = new AbortController();
  const resolved = resolve(stop.signal);
  await clock.advance(0);
  stop.abort(new Error("removed"));
  await assert.rejects(resolved, /removed/);
  assert.deepEqual(clock.pending, []);
});
