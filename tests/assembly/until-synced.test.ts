import assert from "node:assert/strict";
import { test } from "node:test";
import { untilSynced } from "#assembly/caches/until-synced.ts";
import { settle } from "../support/fake-clock.ts";
import { informerRig } from "../support/informer-rig.ts";
import { refused, status } from "../support/scripted-list-watch.ts";

test("waiting says why a cache is not complete yet, names the next step, and ends with the sync", async () => {
  const rig = informerRig();
  const reasons: string[] = [];
  const synced = untilSynced(rig.informer, (reason) => void reasons.push(reason), new AbortController().signal);
  rig.api.failList(status(403, "Forbidden", { message: "pods is forbidden." }), status(404, "NotFound"), refused);
  rig.run();
  await rig.clock.advance(10_000);
  rig.api.answerList([], "10");
  await synced;
  assert.deepEqual(reasons, [
    "Cannot list pods: pods is forbidden. Bind a role that allows list and watch on it; what waits for it goes on by itself then.",
    "Cannot list pods: NotFound. The kind may have been removed; what waits for it goes on by itself when it is back.",
    "Cannot list pods: connection refused. It is tried again.",
  ]);
  await rig.stop();
});

test("waiting for an informer that fails already says so at once", async () => {
  const rig = informerRig();
  rig.api.failList(status(401, "Unauthorized"));
  rig.run();
  await settle();
  const reasons: string[] = [];
  const synced = untilSynced(rig.informer, (reason) => void reasons.push(reason), new AbortController().signal);
  assert.deepEqual(reasons, ["Cannot list pods: Unauthorized. Check the credentials of the kubeconfig's context."]);
  rig.api.answerList([], "10");
  await rig.clock.advance(1_000);
  await synced;
  await rig.stop();
});

test("a failure behind the sync is no reason to wait", async () => {
  const rig = informerRig();
  rig.api.answerList([], "10");
  rig.run();
  await settle();
  rig.api.lastWatch.fail(status(500, "InternalError"));
  await settle();
  const reasons: string[] = [];
  await untilSynced(rig.informer, (reason) => void reasons.push(reason), new AbortController().signal);
  assert.deepEqual(reasons, []);
  await rig.stop();
});

for (const watchList of [true, false]) {
  test(`without the right to watch a complete cache is not enough, ${watchList ? "after" : "without"} a watch-list`, async () => {
    const rig = informerRig({ watchList });
    const forbidden = status(403, "Forbidden", { message: "cannot watch pods" });
    const reasons: string[] = [];
    const outcome = { synced: false };
    rig.api.refuseWatch(forbidden, forbidden, forbidden, forbidden);
    for (const version of ["10", "11", "12", "13", "14"]) rig.api.answerList([], version);
    rig.run();
    await rig.clock.advance(watchList ? 0 : 900);
    void untilSynced(rig.informer, (reason) => void reasons.push(reason), new AbortController().signal).then(
      () => (outcome.synced = true),
    );
    await rig.clock.advance(1_000);
    assert.deepEqual(outcome, { synced: false });
    assert.match(reasons[0] ?? "", /^Cannot watch pods: cannot watch pods\. Bind a role that allows list and watch/);
    await rig.clock.advance(20_000);
    if (watchList) rig.api.lastWatch.initialEventsEnd("20");
    else rig.api.lastWatch.opened();
    await settle();
    assert.deepEqual(outcome, { synced: true });
    await rig.stop();
  });
}

test("waiting ends with the signal's reason, and nothing is said afterwards", async () => {
  const rig = informerRig();
  const stop = new AbortController();
  const reasons: string[] = [];
  const synced = untilSynced(rig.informer, (reason) => void reasons.push(reason), stop.signal);
  stop.abort(new Error("saved again"));
  await assert.rejects(synced, /saved again/);
  rig.api.failList(status(403, "Forbidden"));
  rig.run();
  await settle();
  assert.deepEqual(reasons, []);
  await assert.rejects(
    untilSynced(rig.informer, () => {}, stop.signal),
    /saved again/,
  );
  await rig.stop();
});
