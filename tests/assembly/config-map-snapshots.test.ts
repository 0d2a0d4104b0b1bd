import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseConfigMaps } from "#assembly/handlers/config-map-choice.ts";
import { ConfigMapSnapshots } from "#assembly/handlers/config-map-snapshots.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { refused, ScriptedListWatch, status } from "../support/scripted-list-watch.ts";

test("ConfigMaps that may not be read are told with the missing right, once, and are read when it is there", async () => {
  const clock = new FakeClock();
  const api = new ScriptedListWatch();
  const deps = { clock, random: () => 0, listWatch: () => api, observer: () => {} };
  const factory = new SharedInformerFactory(deps, { watchList: false });
  const stop = new AbortController();
  factory.start(stop.signal);
  const choice = chooseConfigMaps({ type: "configMap", namespace: "ops", name: "handlers" }, "ops");
  assert.ok("resource" in choice);
  const reasons: string[] = [];
  const maps = new ConfigMapSnapshots({ factory, notRead: (reason) => void reasons.push(reason) }, choice);
  const forbidden = status(403, "Forbidden", { message: "configmaps is forbidden." });
  api.failList(forbidden, forbidden, forbidden, refused);
  const snapshots = maps.snapshots(stop.signal);
  const first = snapshots.next();
  await clock.advance(20_000);
  api.answerList([], "10");
  await settle();
  assert.equal((await first).value?.files.size, 0);
  const what = "configmaps in ops [metadata.name=handlers]";
  assert.deepEqual(reasons, [
    `Cannot list ${what}: configmaps is forbidden. Bind a role that allows list and watch on it; what waits for it goes on by itself then.`,
    `Cannot list ${what}: connection refused. It is tried again.`,
  ]);
  stop.abort();
  await factory.shutdown();
});
