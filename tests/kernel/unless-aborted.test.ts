import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { unlessAborted } from "#kernel/unless-aborted.ts";

test("a wait gives what the promise gives and leaves no listener behind", async () => {
  const { signal } = new AbortController();
  assert.equal(await unlessAborted(Promise.resolve(1), signal), 1);
  await assert.rejects(unlessAborted(Promise.reject(new Error("no")), signal), /no/);
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("an abort ends one wait and not the other", async () => {
  const shared = Promise.withResolvers<number>();
  const [stop, go] = [new AbortController(), new AbortController()];
  const [stopped, going] = [unlessAborted(shared.promise, stop.signal), unlessAborted(shared.promise, go.signal)];
  stop.abort(new Error("stopped"));
  await assert.rejects(stopped, /stopped/);
  shared.resolve(2);
  assert.equal(await going, 2);
});

test("a wait with a signal that has aborted ends at once", async () => {
  await assert.rejects(unlessAborted(new Promise(() => {}), AbortSignal.abort(new Error("stopped"))), /stopped/);
});
