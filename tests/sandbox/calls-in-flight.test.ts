import assert from "node:assert/strict";
import { test } from "node:test";
import { CallsInFlight } from "#sandbox/calls-in-flight.ts";
import { CALLS_LIMIT } from "#sandbox/protocol.ts";

const NEVER = new AbortController().signal;

test("a call that is cancelled is aborted, and nobody waits for its end", () => {
  const calls = new CallsInFlight();
  const started = calls.start(1, NEVER);
  calls.cancel(1);
  assert.match(String(started.signal.reason), /the handler has cancelled it/);
  assert.equal(calls.end(1, started), false);
  calls.cancel(1);
});

test("a call ends with what called it", () => {
  const run = new AbortController();
  const { signal } = new CallsInFlight().start(1, run.signal);
  run.abort(new Error("the deadline has passed"));
  assert.equal(signal.reason, run.signal.reason);
});

test("more calls than a handler may have are no message of the protocol, nor is one that comes twice", () => {
  const calls = new CallsInFlight();
  calls.start(1, NEVER);
  assert.throws(() => calls.start(1, NEVER), { code: "PROTOCOL" });
  for (let call = 2; call <= CALLS_LIMIT; call++) calls.start(call, NEVER);
  assert.throws(() => calls.start(CALLS_LIMIT + 1, NEVER), { code: "PROTOCOL" });
});

test("a flood of cancelled calls that do not end is no message of the protocol, also under numbers that come again", () => {
  const calls = new CallsInFlight();
  const first = calls.start(1, NEVER);
  calls.cancel(1);
  const second = calls.start(1, NEVER);
  assert.equal(calls.end(1, first), false);
  assert.equal(calls.end(1, second), true);
  for (let call = 1; call <= 1000; call++) {
    calls.start(call, NEVER);
    calls.cancel(call);
  }
  calls.start(1001, NEVER);
  assert.throws(() => calls.cancel(1001), { code: "PROTOCOL" });
});
