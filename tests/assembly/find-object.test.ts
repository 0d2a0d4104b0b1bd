import assert from "node:assert/strict";
import { test } from "node:test";
import { createFindObject } from "#assembly/caches/find-object.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { pods } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";
import { refused, ScriptedListWatch } from "../support/scripted-list-watch.ts";

function bench() {
  const api = new ScriptedListWatch();
  const clock = new FakeClock();
  const scopes: string[] = [];
  const stop = new AbortController();
  const listWatch = (scope: { readonly namespace: string; readonly fieldSelector: string }): ScriptedListWatch => {
    scopes.push(`${scope.namespace} ${scope.fieldSelector}`);
    return api;
  };
  return { api, clock, scopes, stop, find: createFindObject({ clock, listWatch }, pods, stop.signal) };
}

test("an object is found by a consistent list of its name in its namespace", async () => {
  const { api, find, scopes } = bench();
  api.answerList([pod({ name: "web", resourceVersion: "7" })], "9");
  const finding = await find("default/web");
  assert.ok(finding.type === "found");
  assert.equal(finding.object.resourceVersion, "7");
  assert.deepEqual(scopes, ["default metadata.name=web"]);
  assert.deepEqual(api.requests, ["LIST"]);
});

test("an object that the list does not have is gone", async () => {
  const { api, find } = bench();
  api.answerList([], "9");
  assert.deepEqual(await find("default/web"), { type: "gone" });
});

test("a server that does not answer is asked again every second", async () => {
  const { api, clock, find } = bench();
  api.failList(refused, refused).answerList([], "9");
  const finding = find("default/web");
  await clock.advance(1_999);
  assert.equal(api.requests.length, 2);
  await clock.advance(1);
  assert.deepEqual(await finding, { type: "gone" });
});

test("a thousand objects that go at once are asked for a few at a time", async () => {
  const { api, find } = bench();
  const findings = Array.from({ length: 1_000 }, (_, i) => find(`default/pod${i}`));
  await settle();
  assert.equal(api.requests.length, 8);
  for (let i = 0; i < 1_000; i++) api.answerList([], "9");
  const answers = await Promise.all(findings);
  assert.ok(answers.every(({ type }) => type === "gone"));
  assert.equal(api.requests.length, 1_000);
});

test("who waits for an answer or for a turn is cancelled when nobody wants to know any more", async () => {
  const { find, stop } = bench();
  const findings = Array.from({ length: 20 }, (_, i) => find(`default/pod${i}`));
  await settle();
  stop.abort();
  const answers = await Promise.all(findings);
  assert.ok(answers.every(({ type }) => type === "cancelled"));
});
