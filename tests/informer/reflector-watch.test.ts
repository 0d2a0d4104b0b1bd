import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../support/fake-clock.ts";
import { informerRig, recordNotifications, syncedRig, type InformerRig } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";
import { expired, refused, status } from "../support/scripted-list-watch.ts";

/** Ends the watch as a server does that has had its time, and lets the next one open. */
async function reopen({ api, clock }: InformerRig): Promise<string | undefined> {
  api.lastWatch.close();
  await clock.advance(1_000);
  return api.requests.at(-1);
}

for (const [minimum, random, seconds] of [
  [undefined, 0, 300],
  [undefined, 0.999, 599],
  [1, 0, 300],
  [1, 0.999, 599],
  [1_800, 0, 1_800],
  [1_800, 0.999, 3_598],
] as const) {
  test(`a watch asks for ${seconds} s with a minimum of ${minimum ?? "nothing"} and the random number ${random}`, async () => {
    const minWatch = minimum === undefined ? {} : { minWatchSeconds: minimum };
    const { api, stop } = await syncedRig([], { ...minWatch, random: () => random });
    assert.equal(api.watchQueries[0]?.timeoutSeconds, seconds);
    await stop();
  });
}

test("a watch goes on behind the last event or bookmark that was taken", async () => {
  const rig = await syncedRig([]);
  const steps = [
    () => rig.api.lastWatch.added(pod({ resourceVersion: "11" })),
    () => rig.api.lastWatch.modified(pod({ resourceVersion: "20" })),
    () => rig.api.lastWatch.bookmark("30"),
    () => rig.api.lastWatch.deleted(pod({ resourceVersion: "40" })),
  ];
  const reopened: (string | undefined)[] = [];
  for (const step of steps) {
    step();
    reopened.push(await reopen(rig));
  }
  assert.deepEqual(reopened, ["WATCH rv=11", "WATCH rv=20", "WATCH rv=30", "WATCH rv=40"]);
  await rig.stop();
});

test("versions are not compared: the server's order counts", async () => {
  const rig = await syncedRig([]);
  rig.api.lastWatch.added(pod({ name: "a", resourceVersion: "55" }), pod({ name: "b", resourceVersion: "32" }));
  assert.equal(await reopen(rig), "WATCH rv=32");
  await rig.stop();
});

test("a quiet watch keeps its place by bookmarks alone", async () => {
  const rig = await syncedRig([]);
  await rig.clock.advance(60_000);
  rig.api.lastWatch.bookmark("500");
  assert.equal(await reopen(rig), "WATCH rv=500");
  await rig.stop();
});

test("a watch without a version does not take one from the unordered objects that it begins with", async () => {
  const rig = informerRig();
  rig.api.answerList([], "");
  rig.run();
  await settle();
  rig.api.lastWatch.added(pod({ name: "a", resourceVersion: "7" }), pod({ name: "b", resourceVersion: "5" }));
  assert.equal(await reopen(rig), "WATCH rv=");
  rig.api.lastWatch.modified(pod({ name: "a", resourceVersion: "8" }));
  assert.equal(await reopen(rig), "WATCH rv=8");
  await rig.stop();
});

test("an event of another kind is skipped and reported, and its version is not taken", async () => {
  const rig = await syncedRig([]);
  const { api, events, cached, stop } = rig;
  api.lastWatch.added({ kind: "Table", apiVersion: "meta.k8s.io/v1", metadata: { name: "t", resourceVersion: "99" } });
  api.lastWatch.added({ kind: "Pod", apiVersion: "v2", metadata: { name: "t", resourceVersion: "99" } });
  api.lastWatch.added({ kind: "Pod", apiVersion: "v1", metadata: { resourceVersion: "99" } });
  api.lastWatch.added(pod({ name: "a", resourceVersion: "12" }));
  assert.equal(events.filter(({ type }) => type === "frameSkipped").length, 3);
  assert.deepEqual(cached(), ["default/a@12"]);
  assert.equal(await reopen(rig), "WATCH rv=12");
  await stop();
});

test("an event of an unknown type is skipped and reported, and its version is taken", async () => {
  const rig = await syncedRig([]);
  rig.api.lastWatch.unknown("RENAMED", "77");
  assert.equal(rig.events.filter(({ type }) => type === "frameSkipped").length, 1);
  assert.equal(await reopen(rig), "WATCH rv=77");
  await rig.stop();
});

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

test("a half-open connection is given up 30 s after the time that the server was asked for", async () => {
  const { api, clock, failures, stop } = await syncedRig([]);
  await clock.advance(329_999);
  assert.equal(api.watches.length, 1);
  await clock.advance(1);
  assert.equal(api.watches.length, 2);
  assert.equal(api.watches[0]?.aborts, 1);
  assert.equal(api.requests.at(-1), "WATCH rv=10");
  assert.deepEqual(failures(), []);
  await stop();
});

test("a stop ends the watch once, and reports nothing", async () => {
  const { api, clock, failures, stop } = await syncedRig([]);
  await stop();
  await clock.advance(600_000);
  assert.equal(api.lastWatch.aborts, 1);
  assert.deepEqual(failures(), []);
  assert.equal(api.requests.length, 2);
  assert.deepEqual(clock.pending, []);
});

test("a stop during a wait asks for nothing more and reports nothing more", async () => {
  const { api, clock, failures, stop } = await syncedRig([]);
  api.lastWatch.close();
  await settle();
  await stop();
  await clock.advance(600_000);
  assert.equal(api.requests.length, 2);
  assert.deepEqual(failures(), ["very-short-watch"]);
  assert.deepEqual(clock.pending, []);
});

test("what a stopped watch still sends is not taken", async () => {
  const { api, cached, stop } = await syncedRig([]);
  await stop();
  api.lastWatch.added(pod());
  assert.deepEqual(cached(), []);
});
