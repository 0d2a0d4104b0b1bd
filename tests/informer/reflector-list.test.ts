import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../support/fake-clock.ts";
import { informerRig, recordNotifications, syncedRig } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";
import { expired, status } from "../support/scripted-list-watch.ts";

const tooLarge = {
  "as the cause of a timeout": status(504, "Timeout", { causes: ["ResourceVersionTooLarge"] }),
  "as a cause alone": status(504, "", { causes: ["ResourceVersionTooLarge"] }),
  "as a message alone": status(504, "Timeout", { message: "Too large resource version: 10, current: 5" }),
};

test("the first list is a consistent read in pages of 500, and the watch starts at its version", async () => {
  const { api, stop } = await syncedRig([]);
  assert.deepEqual(api.requests, ["LIST limit=500", "WATCH rv=10"]);
  await stop();
});

test("the first list reads the server's cache if a stale start was allowed", async () => {
  const { api, stop } = await syncedRig([], { staleFirstList: true });
  assert.deepEqual(api.requests, ["LIST rv=0 limit=500", "WATCH rv=10"]);
  await stop();
});

test("a relist reads at the last version or newer, and without pages", async () => {
  const { api, clock, stop } = await syncedRig([]);
  api.lastWatch.close();
  await clock.advance(1_000);
  assert.equal(api.requests.at(-1), "LIST rv=10");
  await stop();
});

test("a relist keeps its pages if the server paged a list from its cache", async () => {
  const { api, clock, run, stop } = informerRig({ staleFirstList: true });
  api.answerList([pod({ name: "a" })], "10", "c1").answerList([pod({ name: "b" })], "10");
  run();
  await settle();
  api.lastWatch.close();
  await clock.advance(1_000);
  assert.deepEqual(api.requests, [
    "LIST rv=0 limit=500",
    "LIST limit=500 continue=c1",
    "WATCH rv=10",
    "LIST rv=10 limit=500",
  ]);
  await stop();
});

test("a configured page size holds for relists too, and all pages make one state", async () => {
  const { api, clock, cached, stop } = await syncedRig([], { pageSize: 4 });
  api.lastWatch.close();
  await clock.advance(1_000);
  api.answerList([pod({ name: "a" })], "20", "c1").answerList([pod({ name: "b" })], "20");
  await settle();
  assert.deepEqual(api.requests.slice(2), ["LIST rv=10 limit=4", "LIST limit=4 continue=c1", "WATCH rv=20"]);
  assert.deepEqual(cached(), ["default/a@1", "default/b@1"]);
  await stop();
});

test("the version of a paged list is that of its first page", async () => {
  const { api, run, stop } = informerRig();
  api.answerList([], "10", "c1").answerList([], "12");
  run();
  await settle();
  assert.equal(api.requests.at(-1), "WATCH rv=10");
  await stop();
});

test("a continuation is asked for by its token alone", async () => {
  const { api, run, stop } = informerRig({ staleFirstList: true });
  api.answerList([], "10", "c1");
  run();
  await settle();
  assert.equal(api.requests.at(-1), "LIST limit=500 continue=c1");
  await stop();
});

test("nothing of a paged list is in the cache before its last page", async () => {
  const { api, run, cached, informer, stop } = informerRig();
  api.answerList([pod({ name: "a" })], "10", "c1");
  run();
  await settle();
  assert.deepEqual(cached(), []);
  assert.equal(informer.hasSynced, false);
  await stop();
});

test("a relist at an expired version is repeated at once as a consistent read", async () => {
  const { api, clock, stop } = await syncedRig([]);
  api.lastWatch.close();
  await clock.advance(1_000);
  api.failList(expired);
  await settle();
  assert.deepEqual(api.requests.slice(2), ["LIST rv=10", "LIST"]);
  api.answerList([], "30");
  await settle();
  assert.equal(api.requests.at(-1), "WATCH rv=30");
  await stop();
});

for (const [form, failure] of Object.entries(tooLarge)) {
  test(`a version that the server has not reached yet, told ${form}, is given up for a consistent read`, async () => {
    const { api, clock, stop } = await syncedRig([]);
    api.lastWatch.close();
    await clock.advance(1_000);
    api.failList(failure).answerList([], "5");
    await settle();
    assert.deepEqual(api.requests.slice(2), ["LIST rv=10", "LIST", "WATCH rv=5"]);
    await stop();
  });
}

test("a consistent read that expires too is not repeated before a wait", async () => {
  const { api, clock, failures, stop } = await syncedRig([]);
  api.lastWatch.close();
  await clock.advance(1_000);
  api.failList(expired, expired);
  await settle();
  assert.deepEqual(api.requests.slice(2), ["LIST rv=10", "LIST"]);
  assert.deepEqual(failures(), ["very-short-watch", "expired"]);
  await clock.advance(1_600);
  assert.equal(api.requests.at(-1), "LIST limit=500");
  await stop();
});

test("a list that expires between its pages is read once more in one piece at the version first asked for", async () => {
  const { api, clock, cached, stop } = await syncedRig([pod({ name: "old" })], { pageSize: 4, staleFirstList: true });
  api.lastWatch.close();
  await clock.advance(1_000);
  api
    .answerList([pod({ name: "a" })], "20", "c1")
    .failList(expired)
    .answerList([pod({ name: "b" })], "21");
  await settle();
  assert.deepEqual(api.requests.slice(2), [
    "LIST rv=10 limit=4",
    "LIST limit=4 continue=c1",
    "LIST rv=10",
    "WATCH rv=21",
  ]);
  assert.deepEqual(cached(), ["default/b@1"]);
  await stop();
});

test("a stop while a list is under way publishes nothing and asks for nothing more", async () => {
  const { api, run, stop, informer, cached, failures } = informerRig();
  run();
  await settle();
  await stop();
  api.answerList([pod()], "10");
  await settle();
  assert.deepEqual(api.requests, ["LIST limit=500"]);
  assert.deepEqual(cached(), []);
  assert.deepEqual(failures(), []);
  assert.equal(informer.hasSynced, false);
});

test("a stop between two pages asks for no further page", async () => {
  const { api, run, stop } = informerRig();
  run();
  api.answerList([], "10", "c1");
  await stop();
  assert.deepEqual(
    api.requests.filter((request) => request.includes("continue")),
    [],
  );
});

test("each failed list is reported, and tried again after a wait for as long as it takes", async () => {
  const { api, clock, run, stop, failures, cached } = informerRig();
  run();
  for (const failure of [status(401), status(403), status(404), status(400), status(429), status(500), status(503)]) {
    api.failList(failure);
    await settle();
    await clock.advance(60_000);
  }
  assert.deepEqual(failures(), [
    "unauthorized",
    "forbidden",
    "not-found",
    "rejected",
    "too-many-requests",
    "server-error",
    "server-error",
  ]);
  api.answerList([pod()], "10");
  await settle();
  assert.deepEqual(cached(), ["default/web@1"]);
  await stop();
});

test("failures keep the cache as it is", async () => {
  const { api, clock, cached, informer, stop } = await syncedRig([pod({ name: "a" })]);
  api.lastWatch.fail(status(410, "Expired"));
  await clock.advance(1_000);
  api.failList(status(404));
  await clock.advance(60_000);
  assert.deepEqual(cached(), ["default/a@1"]);
  assert.equal(informer.hasSynced, true);
  await stop();
});

test("an answer that is no list, such as a Table, is a failure", async () => {
  const { api, run, clock, failures, informer, stop } = informerRig();
  run();
  api.failList({ type: "malformed", message: 'expected a list, got a "Table"' });
  await settle();
  assert.deepEqual(failures(), ["malformed"]);
  assert.equal(informer.state.type, "backing-off");
  await clock.advance(1_000);
  assert.equal(api.requests.length, 2);
  await stop();
});

test("a list whose object the cache cannot take is not published, is reported, and is read again after a wait", async () => {
  const { api, run, clock, failures, informer, cached, stop } = informerRig();
  run();
  api.answerList([pod({ name: "a" }), { kind: "Pod", apiVersion: "v1", metadata: { name: "" } }], "10");
  await settle();
  assert.deepEqual(failures(), ["store"]);
  assert.equal(informer.hasSynced, false);
  assert.deepEqual(cached(), []);
  await clock.advance(1_000);
  api.answerList([pod({ name: "a" })], "11");
  await settle();
  assert.equal(informer.hasSynced, true);
  await stop();
});

test("a state whose objects cannot be indexed is not published, and is read again after a wait", async () => {
  const { api, run, clock, failures, informer, cached, stop } = informerRig();
  const told = recordNotifications(informer);
  informer.addIndexers({
    strict: ({ name }) => {
      if (name === "bad") throw new Error("cannot index this");
      return [name];
    },
  });
  run();
  api.answerList([pod({ name: "a" }), pod({ name: "bad" })], "10");
  await settle();
  assert.deepEqual([failures(), cached(), told, informer.hasSynced], [["store"], [], [], false]);
  await clock.advance(1_000);
  api.answerList([pod({ name: "a" })], "11");
  await settle();
  assert.deepEqual(told, ["added default/a 1 initial"]);
  await stop();
});
