import assert from "node:assert/strict";
import { test } from "node:test";

import { listWatchScopes, scopeKey, scopeName } from "#informer/informer-scope.ts";
import { settle } from "../support/fake-clock.ts";
import { allPods, informerRig, recordNotifications } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";
import { ScriptedListWatch, status } from "../support/scripted-list-watch.ts";

function twoNamespaces() {
  const one = new ScriptedListWatch();
  const two = new ScriptedListWatch();
  const scope = { ...allPods, namespaces: ["one", "two"] };
  const rig = informerRig({ scope, api: ({ namespace }) => (namespace === "one" ? one : two) });
  return { ...rig, one, two };
}

test("each namespace has a list and a watch of its own, and all feed one cache", async () => {
  const { one, two, run, informer, cached, stop } = twoNamespaces();
  const told = recordNotifications(informer);
  run();
  one.answerList([pod({ namespace: "one", name: "a" })], "10");
  two.answerList([pod({ namespace: "two", name: "a" })], "20");
  await settle();
  two.lastWatch.deleted(pod({ namespace: "two", name: "a", resourceVersion: "21" }));
  assert.deepEqual(told, ["added one/a 1 initial", "added two/a 1 initial", "deleted two/a 21 watch"]);
  assert.deepEqual(cached(), ["one/a@1"]);
  assert.deepEqual(
    [one.requests, two.requests],
    [
      ["LIST limit=500", "WATCH rv=10"],
      ["LIST limit=500", "WATCH rv=20"],
    ],
  );
  await stop();
});

test("an informer of several namespaces has synced when all of them have", async () => {
  const { one, two, run, informer, stop } = twoNamespaces();
  run();
  one.answerList([], "10");
  await settle();
  assert.equal(informer.hasSynced, false);
  two.answerList([], "20");
  await settle();
  assert.equal(informer.hasSynced, true);
  await stop();
});

test("a relist of one namespace deletes nothing in the other", async () => {
  const { one, two, run, cached, clock, stop } = twoNamespaces();
  run();
  one.answerList([pod({ namespace: "one", name: "a" })], "10");
  two.answerList([pod({ namespace: "two", name: "a" })], "20");
  await settle();
  one.lastWatch.close();
  await clock.advance(1_000);
  one.answerList([], "30");
  await settle();
  assert.deepEqual(cached(), ["two/a@1"]);
  await stop();
});

test("the state of an informer of several namespaces is that of the worst", async () => {
  const { one, two, run, informer, stop } = twoNamespaces();
  run();
  one.answerList([], "10");
  two.failList(status(403, "Forbidden"));
  await settle();
  assert.deepEqual([informer.state.type, informer.state.lastFailure?.kind], ["backing-off", "forbidden"]);
  await stop();
});

test("equal scopes have equal keys, whatever the order of the namespaces", () => {
  assert.equal(scopeKey({ ...allPods, namespaces: ["b", "a"] }), scopeKey({ ...allPods, namespaces: ["a", "b", "a"] }));
  assert.notEqual(scopeKey({ ...allPods, namespaces: ["a"] }), scopeKey(allPods));
  assert.notEqual(scopeKey({ ...allPods, labelSelector: "a=b" }), scopeKey({ ...allPods, fieldSelector: "a=b" }));
});

test("a scope without namespaces is listed and watched as a whole", () => {
  assert.deepEqual(
    listWatchScopes({ ...allPods, labelSelector: "app=web" }).map(({ namespace, labelSelector }) => [
      namespace,
      labelSelector,
    ]),
    [["", "app=web"]],
  );
});

test("a scope has a name for people", () => {
  const names = [allPods, { ...allPods, namespaces: ["b", "a"], labelSelector: "app=web" }].map(scopeName);
  assert.deepEqual(names, ["pods", "pods in a, b [app=web]"]);
});
