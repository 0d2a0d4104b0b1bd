import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../support/fake-clock.ts";
import { informerRig, streaming, type InformerRig } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";
import { expired, refused, status } from "../support/scripted-list-watch.ts";

const tooMany = status(429, "TooManyRequests");
const invalid = status(422, "Invalid");

for (const [what, end] of [
  ["closes", (rig: InformerRig) => rig.api.lastWatch.close()],
  [
    "breaks",
    (rig: InformerRig) => rig.api.lastWatch.fail({ type: "unreachable", code: "ECONNRESET", message: "reset" }),
  ],
] as const) {
  test(`a stream that ${what} before the end of its initial events is forgotten, and everything is listed`, async () => {
    const rig = await streaming();
    rig.api.lastWatch.added(pod({ name: "old" }));
    end(rig);
    await settle();
    rig.api.answerList([pod({ name: "new" })], "10");
    await rig.clock.advance(1_000);
    assert.deepEqual(rig.api.requests, ["WATCH-LIST rv=", "LIST limit=500", "WATCH rv=10"]);
    assert.deepEqual(rig.cached(), ["default/new@1"]);
    await rig.stop();
  });
}

for (const failure of [invalid, status(400), status(403, "Forbidden"), status(500)]) {
  test(`a watch-list that is answered with ${failure.code} is reported, and everything is listed at once`, async () => {
    const rig = informerRig({ watchList: true });
    rig.api.refuseWatch(failure);
    rig.run();
    rig.api.answerList([], "10");
    await rig.clock.advance(1_000);
    assert.deepEqual(rig.api.requests, ["WATCH-LIST rv=", "LIST limit=500", "WATCH rv=10"]);
    assert.equal(rig.failures().length, 1);
    await rig.stop();
  });
}

for (const [what, failure] of [
  ["429", tooMany],
  ["nobody listening", refused],
] as const) {
  test(`a watch-list that meets ${what} is tried again after waits, and nothing is listed`, async () => {
    const rig = informerRig({ watchList: true });
    rig.api.refuseWatch(failure, failure);
    rig.run();
    await rig.clock.advance(800 + 1_600);
    rig.api.lastWatch.initialEventsEnd("10");
    assert.deepEqual(rig.api.requests, ["WATCH-LIST rv=", "WATCH-LIST rv=", "WATCH-LIST rv="]);
    assert.equal(rig.informer.hasSynced, true);
    await rig.stop();
  });
}

test("a watch-list at an expired version is asked for once more at once, from no version", async () => {
  const { api, clock, stop } = await streaming();
  api.lastWatch.initialEventsEnd("10");
  api.lastWatch.bookmark("20");
  api.refuseWatch(expired);
  api.lastWatch.fail(expired);
  await clock.advance(800);
  assert.deepEqual(api.requests, ["WATCH-LIST rv=", "WATCH-LIST rv=20", "WATCH-LIST rv="]);
  await stop();
});

test("a stream that shows no end of its initial events within 30 s of the last one is given up for a list", async () => {
  const { api, clock, cached, failures, stop } = await streaming();
  await clock.advance(29_000);
  api.lastWatch.added(pod({ name: "a" }));
  await clock.advance(29_999);
  assert.equal(api.requests.length, 1);
  await clock.advance(1);
  assert.deepEqual(api.requests, ["WATCH-LIST rv=", "LIST limit=500"]);
  assert.deepEqual(failures(), ["incomplete-watch-list"]);
  assert.equal(api.lastWatch.aborts, 1);
  api.answerList([pod({ name: "a" })], "10");
  await settle();
  assert.deepEqual(cached(), ["default/a@1"]);
  await stop();
});

test("a server that is long about accepting the stream is not taken for one without watch-lists", async () => {
  const { api, clock, cached, failures, stop } = await streaming();
  await clock.advance(60_000);
  api.lastWatch.opened();
  await clock.advance(29_999);
  api.lastWatch.added(pod({ name: "a" }));
  api.lastWatch.initialEventsEnd("10");
  assert.deepEqual(cached(), ["default/a@1"]);
  assert.deepEqual([api.requests, failures()], [["WATCH-LIST rv="], []]);
  await stop();
});

test("a stream that was accepted and stays silent is given up after 30 s", async () => {
  const { api, clock, failures, stop } = await streaming();
  api.lastWatch.opened();
  await clock.advance(30_000);
  assert.deepEqual(api.requests, ["WATCH-LIST rv=", "LIST limit=500"]);
  assert.deepEqual(failures(), ["incomplete-watch-list"]);
  await stop();
});

test("a stream that goes on with live events for ever is given up after two minutes", async () => {
  const { api, clock, stop } = await streaming();
  for (let second = 0; second < 120; second++) {
    api.lastWatch.added(pod({ name: "busy", resourceVersion: `${second}` }));
    await clock.advance(1_000);
  }
  assert.deepEqual(api.requests, ["WATCH-LIST rv=", "LIST limit=500"]);
  await stop();
});

test("a resource whose watch-list did not work is listed for an hour, then tried again", async () => {
  const rig = informerRig({ watchList: true });
  rig.api.refuseWatch(invalid);
  rig.run();
  rig.api.answerList([], "10");
  await rig.clock.advance(3_599_000);
  rig.api.lastWatch.fail(status(500));
  await rig.clock.advance(900);
  assert.equal(rig.api.requests.at(-1), "LIST rv=10");
  rig.api.answerList([], "20");
  await rig.clock.advance(60_000);
  rig.api.lastWatch.fail(status(500));
  await rig.clock.advance(1_600);
  assert.equal(rig.api.requests.at(-1), "WATCH-LIST rv=20");
  await rig.stop();
});
