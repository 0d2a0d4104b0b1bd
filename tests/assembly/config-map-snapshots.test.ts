import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseConfigMaps, type ConfigMapOrigin } from "#assembly/handlers/config-map-choice.ts";
import { ConfigMapSnapshots } from "#assembly/handlers/config-map-snapshots.ts";
import { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { KubernetesObject } from "../support/objects.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { refused, ScriptedListWatch, status } from "../support/scripted-list-watch.ts";

/** Follows the maps of namespace ops. */
function following(origin: ConfigMapOrigin) {
  const clock = new FakeClock();
  const api = new ScriptedListWatch();
  const deps = { clock, random: () => 0, listWatch: () => api, observer: () => {} };
  const factory = new SharedInformerFactory(deps, { watchList: false });
  const stop = new AbortController();
  factory.start(stop.signal);
  const choice = chooseConfigMaps(origin, "ops");
  assert.ok("resource" in choice);
  const reasons: string[] = [];
  const maps = new ConfigMapSnapshots({ factory, notRead: (reason) => void reasons.push(reason) }, choice);
  const end = async (): Promise<void> => {
    stop.abort();
    await factory.shutdown();
  };
  return { clock, api, maps, reasons, snapshots: maps.snapshots(stop.signal), end };
}

function mapOf(name: string, resourceVersion: string, data: Readonly<Record<string, string>>): KubernetesObject {
  const metadata = { name, namespace: "ops", uid: `${name}-uid`, resourceVersion };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data };
}

test("ConfigMaps that may not be read are told with the missing right, once, and are read when it is there", async () => {
  const { clock, api, reasons, snapshots, end } = following({ type: "configMap", namespace: "ops", name: "handlers" });
  const forbidden = status(403, "Forbidden", { message: "configmaps is forbidden." });
  api.failList(forbidden, forbidden, forbidden, refused);
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
  await end();
});

test("a change of ConfigMaps that changes no file is no snapshot", async () => {
  const { api, snapshots, end } = following({ type: "configMaps" });
  api.answerList([mapOf("shop", "1", { "a.ts": "1" })], "10");
  await snapshots.next();
  const next = snapshots.next();
  await settle();
  api.lastWatch.opened();
  api.lastWatch.modified(mapOf("shop", "11", { "a.ts": "1" }));
  await settle();
  api.lastWatch.modified(mapOf("shop", "12", { "a.ts": "2" }));
  await settle();
  const { value } = await next;
  assert.equal(Buffer.from(value?.files.get("shop/a.ts") ?? []).toString(), "2");
  await end();
});

test("a map that is gone, or has lost its label, is still known when its handlers are told as removed", async () => {
  const { api, maps, snapshots, end } = following({ type: "configMaps" });
  const shop = mapOf("shop", "1", { "a.ts": "1" });
  api.answerList([shop], "10");
  await snapshots.next();
  const next = snapshots.next();
  await settle();
  api.lastWatch.opened();
  api.lastWatch.deleted(mapOf("shop", "11", { "a.ts": "1" }));
  await settle();
  assert.equal((await next).value?.files.size, 0);
  assert.equal(maps.referenceTo("shop/a")?.uid, "shop-uid");
  assert.equal(maps.referenceTo("other/a"), undefined);
  await end();
});
