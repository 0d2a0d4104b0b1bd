import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../support/fake-clock.ts";
import { recordNotifications, syncedRig, reopen } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";
import { expired, refused, status } from "../support/scripted-list-watch.ts";

test("a watch that closes within a second and without an event is followed by a wait and a relist", async () => {
  const { api, clock, failures, stop } = await syncedRig([]);
  await clock.advance(999);
  api.lastWatch.close();
  await settle();
  assert.deepEqual(failures(), ["very-short-watch"]);
  assert.equal(api.requests.length, 2);
  await clock.advance(800);
  assert.equal(api.requests.at(-1), "LIST rv=10");
  await stop();
});

test("a watch that closes after an event is opened again at the last version, without a list or a report", async () => {
  const rig = await syncedRig([]);
  rig.api.lastWatch.added(pod({ resourceVersion: "11" }));
  assert.equal(await reopen(rig), "WATCH rv=11");
  assert.deepEqual(rig.failures(), []);
  await rig.stop();
});

test("a watch that closes after a second is opened again at once", async () => {
  const { api, clock, stop } = await syncedRig([]);
  await clock.advance(1_000);
  api.lastWatch.close();
  await settle();
  assert.deepEqual(api.requests, ["LIST limit=500", "WATCH rv=10", "WATCH rv=10"]);
  await stop();
});

test("an open watch whose connection breaks has ended like any other", async () => {
  const { api, clock, failures, stop } = await syncedRig([]);
  await clock.advance(5_000);
  api.lastWatch.fail({ type: "unreachable", code: "ECONNRESET", message: "connection reset" });
  await settle();
  assert.equal(api.requests.at(-1), "WATCH rv=10");
  assert.deepEqual(failures(), []);
  await stop();
});

test("a server that ends every watch after one event is asked once a second", async () => {
  const { api, clock, stop } = await syncedRig([]);
  for (let second = 0; second < 10; second++) {
    api.lastWatch.added(pod({ resourceVersion: `${11 + second}` }));
    api.lastWatch.close();
    await clock.advance(1_000);
  }
  assert.equal(api.watches.length, 11);
  assert.equal(api.requests.filter((request) => request.startsWith("LIST")).length, 1);
  await stop();
});

test("a watch refused with 429 is opened again after waits, and nothing is listed", async () => {
  const tooMany = status(429, "TooManyRequests");
  const { api, clock, failures, stop } = await syncedRig([], { backoff: { baseMs: 1_000, maxMs: 30_000 } });
  api.refuseWatch(tooMany, tooMany, tooMany, tooMany);
  api.lastWatch.added(pod({ resourceVersion: "11" }));
  api.lastWatch.close();
  await clock.advance(1_000);
  await clock.advance(1_000 + 2_000 + 4_000 + 8_000);
  assert.deepEqual(api.requests, ["LIST limit=500", "WATCH rv=10", ...Array.from({ length: 5 }, () => "WATCH rv=11")]);
  assert.equal(failures().length, 4);
  await stop();
});

test("429 as an error event is waited for like 429 at the opening", async () => {
  const tooMany = status(429, "TooManyRequests");
  const { api, clock, failures, stop } = await syncedRig([]);
  api.refuseWatch(tooMany);
  await clock.advance(1_000);
  api.lastWatch.fail(tooMany);
  await clock.advance(800 + 1_600);
  assert.deepEqual(api.requests, ["LIST limit=500", "WATCH rv=10", "WATCH rv=10", "WATCH rv=10"]);
  assert.deepEqual(failures(), ["too-many-requests", "too-many-requests"]);
  await stop();
});

test("a watch refused by nobody listening is opened again after growing waits, and nothing is listed", async () => {
  const { api, clock, events, stop } = await syncedRig([]);
  api.refuseWatch(...Array.from({ length: 5 }, () => refused));
  await clock.advance(1_000);
  api.lastWatch.close();
  await clock.advance(120_000);
  const waits = events.flatMap((event) => (event.type === "failed" ? [event.retryInMs] : []));
  assert.deepEqual(waits, [800, 1_600, 3_200, 6_400, 12_800]);
  assert.equal(api.requests.filter((request) => request.startsWith("LIST")).length, 1);
  await stop();
});

for (const [what, failure, kind] of [
  ["410 as an error event", expired, "expired"],
  ["a failed read of the storage", status(500, "StorageReadError"), "server-error"],
  ["an internal error", status(500, "InternalError"), "internal-error"],
  ["a frame that is no JSON", { type: "malformed", message: "not JSON" }, "malformed"],
] as const) {
  test(`${what} is reported and followed by a wait and a relist at the last version`, async () => {
    const { api, clock, failures, stop } = await syncedRig([]);
    api.lastWatch.bookmark("20");
    api.lastWatch.fail(failure);
    await clock.advance(800);
    assert.deepEqual(failures(), [kind]);
    assert.deepEqual(api.requests, ["LIST limit=500", "WATCH rv=10", "LIST rv=20"]);
    await stop();
  });
}

for (const [what, failure, kind] of [
  ["410", expired, "expired"],
  ["403", status(403, "Forbidden"), "forbidden"],
  ["500", status(500), "server-error"],
  ["a broken connection", { type: "unreachable", code: "ECONNRESET", message: "reset" }, "unreachable"],
] as const) {
  test(`${what} instead of a watch is reported and followed by a wait and a relist at the last version`, async () => {
    const { api, clock, failures, stop } = await syncedRig([]);
    api.refuseWatch(failure);
    await clock.advance(1_000);
    api.lastWatch.close();
    await clock.advance(800);
    assert.deepEqual(failures(), [kind]);
    assert.deepEqual(api.requests.slice(2), ["WATCH rv=10", "LIST rv=10"]);
    await stop();
  });
}

test("an object that vanished from the storage is gone after the relist, and the others are kept", async () => {
  const { api, clock, cached, informer, stop } = await syncedRig([pod({ name: "a" }), pod({ name: "b" })]);
  const told = recordNotifications(informer);
  api.lastWatch.fail(status(500, "StorageReadError"));
  await clock.advance(800);
  api.answerList([pod({ name: "a" })], "20");
  await settle();
  assert.deepEqual(cached(), ["default/a@1"]);
  assert.deepEqual(told.slice(2), ["deleted default/b 1 relist unknown"]);
  await stop();
});

test("an event that the cache cannot take forces a relist, and its version is not taken", async () => {
  const { api, clock, informer, failures, cached, stop } = await syncedRig([]);
  informer.addIndexers({
    strict: ({ resourceVersion }) => {
      if (resourceVersion === "12") throw new Error("cannot index this");
      return [];
    },
  });
  api.lastWatch.added(pod({ name: "a", resourceVersion: "11" }));
  api.lastWatch.modified(pod({ name: "a", resourceVersion: "12" }));
  await settle();
  assert.deepEqual(failures(), ["store"]);
  assert.deepEqual(cached(), ["default/a@11"]);
  assert.equal(api.lastWatch.aborts, 1);
  await clock.advance(800);
  assert.equal(api.requests.at(-1), "LIST rv=11");
  await stop();
});

test("internal errors are met with a relist unless a time for reopening was set", async () => {
  const rig = await syncedRig([], { maxInternalErrorRetryMs: 30_000 });
  const { api, clock, stop } = rig;
  const fail = async (): Promise<string | undefined> => {
    api.lastWatch.fail(status(500, "InternalError"));
    await clock.advance(1_000);
    return api.requests.at(-1);
  };
  assert.equal(await fail(), "WATCH rv=10");
  await clock.advance(28_000);
  assert.equal(await fail(), "WATCH rv=10");
  await clock.advance(1_000);
  assert.equal(await fail(), "LIST rv=10");
  await stop();
});

test("the time for reopening begins again after a minute without an internal error", async () => {
  const { api, clock, stop } = await syncedRig([], { maxInternalErrorRetryMs: 10_000 });
  api.lastWatch.fail(status(500, "InternalError"));
  await clock.advance(61_000);
  api.lastWatch.fail(status(500, "InternalError"));
  await clock.advance(1_000);
  assert.equal(api.requests.at(-1), "WATCH rv=10");
  await stop();
});
