import assert from "node:assert/strict";
import { test } from "node:test";

import type { ScannedObject } from "#resources/scanned-object.ts";
import { settle } from "../support/fake-clock.ts";
import { recordNotifications, streaming } from "../support/informer-rig.ts";
import { pod, scanned } from "../support/objects.ts";
import { expired } from "../support/scripted-list-watch.ts";

test("a watch-list asks once, from no version, with initial events", async () => {
  const { api, stop } = await streaming();
  assert.deepEqual(api.requests, ["WATCH-LIST rv="]);
  assert.deepEqual(api.watchQueries, [{ resourceVersion: "", timeoutSeconds: 300, sendInitialEvents: true }]);
  await stop();
});

test("the initial events of a watch-list are not in the cache before their end", async () => {
  const { api, cached, informer, stop } = await streaming();
  api.lastWatch.added(pod({ name: "a" }), pod({ name: "b" }));
  assert.deepEqual(cached(), []);
  assert.equal(informer.hasSynced, false);
  await stop();
});

test("the end of the initial events publishes them as one state, and the same stream goes on as the watch", async () => {
  const { api, cached, informer, stop } = await streaming();
  const told = recordNotifications(informer);
  api.lastWatch.added(pod({ name: "a" }));
  api.lastWatch.initialEventsEnd("10");
  api.lastWatch.added(pod({ name: "b", resourceVersion: "11" }));
  assert.deepEqual(told, ["added default/a 1 initial", "added default/b 11 watch"]);
  assert.deepEqual(cached(), ["default/a@1", "default/b@11"]);
  assert.equal(informer.hasSynced, true);
  assert.deepEqual(api.requests, ["WATCH-LIST rv="]);
  await stop();
});

test("another bookmark does not end the initial events", async () => {
  const { api, informer, stop } = await streaming();
  api.lastWatch.bookmark("10");
  assert.equal(informer.hasSynced, false);
  await stop();
});

test("changes and deletions among the initial events are in the state", async () => {
  const { api, cached, stop } = await streaming();
  api.lastWatch.added(pod({ name: "a" }), pod({ name: "b" }), pod({ name: "c" }));
  api.lastWatch.modified(pod({ name: "a", resourceVersion: "5" }));
  api.lastWatch.deleted(pod({ name: "b", resourceVersion: "6" }));
  api.lastWatch.initialEventsEnd("10");
  assert.deepEqual(cached(), ["default/a@5", "default/c@1"]);
  await stop();
});

test("a foreign object among the initial events is skipped", async () => {
  const { api, cached, events, stop } = await streaming();
  api.lastWatch.added({ kind: "Table", apiVersion: "meta.k8s.io/v1", metadata: { name: "t" } }, pod({ name: "a" }));
  api.lastWatch.initialEventsEnd("10");
  assert.deepEqual(cached(), ["default/a@1"]);
  assert.equal(events.filter(({ type }) => type === "frameSkipped").length, 1);
  await stop();
});

test("the version comes from the end of the initial events, not from their objects", async () => {
  const { api, clock, stop } = await streaming();
  api.lastWatch.added(pod({ name: "a", resourceVersion: "99" }));
  api.lastWatch.initialEventsEnd("10");
  await clock.advance(1_000);
  api.lastWatch.close();
  await settle();
  assert.deepEqual(api.requests, ["WATCH-LIST rv=", "WATCH rv=10"]);
  await stop();
});

test("an established stream that ends is opened again as an ordinary watch at its last version", async () => {
  const { api, clock, failures, stop } = await streaming();
  api.lastWatch.initialEventsEnd("10");
  api.lastWatch.added(pod({ resourceVersion: "11" }));
  api.lastWatch.close();
  await clock.advance(1_000);
  assert.deepEqual(api.requests, ["WATCH-LIST rv=", "WATCH rv=11"]);
  assert.deepEqual(failures(), []);
  await stop();
});

test("a watch is opened a second after the stream was, not sooner", async () => {
  const { api, clock, stop } = await streaming();
  api.lastWatch.initialEventsEnd("10");
  api.lastWatch.close();
  await clock.advance(999);
  assert.equal(api.requests.length, 1);
  await clock.advance(1);
  assert.deepEqual(api.requests, ["WATCH-LIST rv=", "WATCH rv=10"]);
  await stop();
});

test("an established stream that expires is reported, and read again from its last version", async () => {
  const { api, clock, failures, stop } = await streaming();
  api.lastWatch.initialEventsEnd("10");
  api.lastWatch.bookmark("20");
  api.lastWatch.fail(expired);
  await clock.advance(800);
  assert.deepEqual(failures(), ["expired"]);
  assert.deepEqual(api.requests, ["WATCH-LIST rv=", "WATCH-LIST rv=20"]);
  await stop();
});

test("every object is copied once, whether it comes initially, live, or at its deletion", async () => {
  const { api, cached, stop } = await streaming();
  let copies = 0;
  const counted = (name: string, resourceVersion: string): ScannedObject => {
    const object = scanned(pod({ name, resourceVersion }));
    const copyInto = (target: Buffer, offset: number): number => (copies++, object.copyInto(target, offset));
    return countedObject(object, copyInto);
  };
  api.lastWatch.event("ADDED", counted("a", "1"));
  api.lastWatch.initialEventsEnd("10");
  api.lastWatch.event("MODIFIED", counted("a", "11"));
  api.lastWatch.event("DELETED", counted("a", "12"));
  api.lastWatch.event("ADDED", counted("b", "13"));
  assert.deepEqual([copies, cached()], [4, ["default/b@13"]]);
  await stop();
});

test("a stop during the initial events publishes nothing and leaves nothing running", async () => {
  const { api, clock, cached, failures, stop } = await streaming();
  api.lastWatch.added(pod());
  await stop();
  api.lastWatch.initialEventsEnd("10");
  assert.deepEqual(cached(), []);
  assert.deepEqual(failures(), []);
  assert.deepEqual(clock.pending, []);
});

function countedObject(object: ScannedObject, copyInto: ScannedObject["copyInto"]): ScannedObject {
  const { apiVersion, kind, namespace, name, uid, resourceVersion, byteLength } = object;
  const { labelsText, ownerReferencesText, annotationsText } = object;
  const header = { apiVersion, kind, namespace, name, uid, resourceVersion };
  return { ...header, labelsText, ownerReferencesText, annotationsText, byteLength, copyInto };
}
