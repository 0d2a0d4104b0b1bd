import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../support/fake-clock.ts";
import { informerRig, syncedRig, reopen } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";

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

test("a half-open connection is given up 30 s after the time that the server was asked for", async () => {
  const { api, clock, failures, stop } = await syncedRig([]);
  api.lastWatch.bookmark("11");
  await clock.advance(329_999);
  assert.equal(api.watches.length, 1);
  await clock.advance(1);
  assert.equal(api.watches.length, 2);
  assert.equal(api.watches[0]?.aborts, 1);
  assert.equal(api.requests.at(-1), "WATCH rv=11");
  assert.deepEqual(failures(), []);
  await stop();
});

test("a watch that was silent for its whole life makes the informer list again: the server may have begun anew", async () => {
  const { api, clock, failures, stop } = await syncedRig([]);
  await clock.advance(330_000);
  assert.deepEqual(failures(), ["silent-watch"]);
  await clock.advance(2_000);
  assert.match(api.requests.at(-1) ?? "", /^LIST/);
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
