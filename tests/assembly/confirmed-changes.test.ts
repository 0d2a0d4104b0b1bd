import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "#assembly/caches/confirm-deletes.ts";
import { ConfirmedChangesByHandler } from "#assembly/caches/confirmed-changes.ts";
import { settle } from "../support/fake-clock.ts";
import { syncedRig } from "../support/informer-rig.ts";
import { pod } from "../support/objects.ts";

async function bench() {
  const rig = await syncedRig([pod({ name: "a" }), pod({ name: "b" })]);
  const byHandler = new ConfirmedChangesByHandler();
  const asked: { readonly signal: AbortSignal; readonly answer: (finding: Finding) => void }[] = [];
  const acquire = (handler: string) =>
    byHandler.acquire(handler, rig.informer, (signal) => () => new Promise((answer) => asked.push({ signal, answer })));
  const told: string[] = [];
  const writeDown =
    (who: string) =>
    ({ key }: { readonly key: string }): void =>
      void told.push(`${who} ${key}`);
  return { rig, acquire, asked, told, writeDown };
}

test("a delete that is being confirmed during a reload is told to the new revision", async () => {
  const { rig, acquire, asked, told, writeDown } = await bench();
  const former = acquire("watch");
  const stop = former.subscribe(writeDown("former"));
  rig.api.lastWatch.deleted(pod({ name: "a", resourceVersion: "11" }));
  const next = acquire("watch");
  stop();
  next.subscribe(writeDown("next"));
  former.release();
  asked[0]?.answer({ type: "gone" });
  await settle();
  assert.deepEqual(told, ["next default/a"]);
  await rig.stop();
});

test("a handler is not told the deletes from before it subscribed", async () => {
  const { rig, acquire, asked, told, writeDown } = await bench();
  acquire("first").subscribe(writeDown("first"));
  const second = acquire("second");
  rig.api.lastWatch.deleted(pod({ name: "a", resourceVersion: "11" }));
  second.subscribe(writeDown("second"));
  asked[0]?.answer({ type: "gone" });
  await settle();
  assert.equal(asked.length, 1);
  assert.deepEqual(told, ["first default/a"]);
  await rig.stop();
});

test("the last release gives up what is being confirmed, and follows no more", async () => {
  const { rig, acquire, asked, told, writeDown } = await bench();
  const [one, other] = [acquire("watch"), acquire("watch")];
  one.subscribe(writeDown("watch"));
  rig.api.lastWatch.deleted(pod({ name: "a", resourceVersion: "11" }));
  one.release();
  one.release();
  assert.equal(asked[0]?.signal.aborted, false);
  other.release();
  assert.equal(asked[0]?.signal.aborted, true);
  rig.api.lastWatch.deleted(pod({ name: "b", resourceVersion: "12" }));
  assert.equal(asked.length, 1);
  assert.deepEqual(told, []);
  await rig.stop();
});
