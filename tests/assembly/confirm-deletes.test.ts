import assert from "node:assert/strict";
import { test } from "node:test";
import type { ObjectChange } from "#dispatch/ports.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { confirmDeletes, type Finding } from "#assembly/caches/confirm-deletes.ts";
import { settle } from "../support/fake-clock.ts";
import { pod, rawObject, scanned } from "../support/objects.ts";

/** Looks up what the test answers, and writes down what is told. */
function bench() {
  const asked: { readonly key: string; readonly answer: (finding: Finding) => void }[] = [];
  const changes: ObjectChange[] = [];
  const confirm = confirmDeletes(
    (key) => new Promise((answer) => asked.push({ key, answer })),
    (change) => void changes.push(change),
  );
  return { confirm, asked, changes, told: () => changes.map(describe) };
}

function describe({ key, before, after, left }: ObjectChange): string {
  const versions = `${before?.resourceVersion ?? "nothing"}→${after?.resourceVersion ?? "nothing"}`;
  return `${key} ${versions}${left ? " left" : ""}`;
}

function version(resourceVersion: string, uid = "uid-web"): RawObject {
  return rawObject(pod({ uid, resourceVersion }));
}

function change(before: RawObject | undefined, after: RawObject | undefined): ObjectChange {
  return { key: "default/web", before, after, last: after ? undefined : before, relist: false };
}

test("what is no delete is told in the same tick", () => {
  const { confirm, told } = bench();
  confirm(change(undefined, version("1")));
  confirm(change(version("1"), version("2")));
  assert.deepEqual(told(), ["default/web nothing→1", "default/web 1→2"]);
});

test("a delete is told when the API server has lost the object", async () => {
  const { confirm, asked, told } = bench();
  confirm(change(version("1"), undefined));
  assert.deepEqual(told(), []);
  asked[0]?.answer({ type: "gone" });
  await settle();
  assert.deepEqual(told(), ["default/web 1→nothing"]);
});

test("an object that still exists has left the selector, and its present state is the last", async () => {
  const { confirm, asked, changes, told } = bench();
  confirm(change(version("1"), undefined));
  asked[0]?.answer({ type: "found", object: version("2") });
  await settle();
  assert.deepEqual(told(), ["default/web 1→nothing left"]);
  assert.equal(changes[0]?.last?.resourceVersion, "2");
});

test("an object of the same name and another uid does not keep the first one from being deleted", async () => {
  const { confirm, asked, told } = bench();
  confirm(change(version("1"), undefined));
  asked[0]?.answer({ type: "found", object: version("2", "another") });
  await settle();
  assert.deepEqual(told(), ["default/web 1→nothing"]);
});

test("what comes for an object whose delete is being confirmed waits, and further deletes are confirmed too", async () => {
  const { confirm, asked, told } = bench();
  confirm(change(version("1"), undefined));
  confirm(change(undefined, version("2")));
  confirm(change(version("2"), undefined));
  asked[0]?.answer({ type: "found", object: version("2") });
  await settle();
  assert.deepEqual(told(), ["default/web 1→nothing left", "default/web nothing→2"]);
  asked[1]?.answer({ type: "gone" });
  await settle();
  assert.deepEqual(told().slice(2), ["default/web 2→nothing"]);
});

test("an object that waits stays readable after the cache has used its memory again", async () => {
  const { confirm, asked, changes } = bench();
  const store = new ObjectStore();
  const before = store.admit(scanned(pod({ resourceVersion: "1" })));
  confirm(change(before, undefined));
  store.discard(before);
  asked[0]?.answer({ type: "gone" });
  await settle();
  assert.match(Buffer.from(changes[0]?.before?.bytes() ?? []).toString(), /"resourceVersion":"1"/);
});

test("nothing is told any more when nobody wants to know", async () => {
  const { confirm, asked, told } = bench();
  confirm(change(version("1"), undefined));
  asked[0]?.answer({ type: "cancelled" });
  await settle();
  assert.deepEqual(told(), []);
});
