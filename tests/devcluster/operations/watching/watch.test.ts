import assert from "node:assert/strict";
import { test } from "node:test";
import type { WatchOptions } from "#devcluster/operations/api-operations.ts";
import { ApiOperationsRig, deleteOptions, statusOf, writeOptions } from "../../../support/api-operations-rig.ts";

const FIRST = 1002;

test("a watch from a revision tells what came after it, then what comes", () => {
  const rig = withConfigMaps("a", "b");
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "1003" });
  rig.create("configmaps", { name: "c" });
  change(rig, "a");
  rig.operations.delete(rig.target("configmaps", "b"), deleteOptions());
  assert.deepEqual(watch.lines, ["ADDED b 1004", "ADDED c 1005", "MODIFIED a 1006", "DELETED b 1007"]);
});

test("a watch hears nothing of other resources, namespaces and names", () => {
  const rig = withConfigMaps();
  const watch = rig.watch(rig.target("configmaps", "a"), { resourceVersion: String(FIRST) });
  rig.create("secrets", { name: "a" });
  rig.create("configmaps", { name: "a", namespace: "other" });
  rig.create("configmaps", { name: "b" });
  rig.create("configmaps", { name: "a" });
  assert.deepEqual(watch.lines, ["ADDED a 1006"]);
});

for (const resourceVersion of ["", "0"]) {
  test(`a watch from revision "${resourceVersion}" begins with what exists`, () => {
    const rig = withConfigMaps("b", "a");
    const watch = rig.watch(rig.target("configmaps"), { resourceVersion });
    change(rig, "a");
    assert.deepEqual(watch.lines, ["ADDED a 1004", "ADDED b 1003", "MODIFIED a 1005"]);
  });
}

test("a stale server begins a watch from revision 0 with what was, and goes on to what is", () => {
  const rig = new ApiOperationsRig({ imperfections: { staleRevisions: 2 } });
  for (const name of ["a", "b", "c"]) rig.create("configmaps", { name });
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "0", allowBookmarks: true });
  assert.deepEqual(watch.lines, ["ADDED a 1003", "BOOKMARK 1003 initial-events-end", "ADDED b 1004", "ADDED c 1005"]);
  assert.deepEqual(rig.watch(rig.target("configmaps")).lines.length, 3);
});

test("a watch of a compacted revision has one event, an error, and ends", () => {
  const rig = withConfigMaps("a", "b");
  rig.store.compact();
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "1003" });
  assert.deepEqual(watch.lines, ["ERROR too old resource version: 1003 (1004)"]);
  assert.deepEqual(watch.events[0]?.object, {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: "too old resource version: 1003 (1004)",
    reason: "Expired",
    code: 410,
  });
  assert.equal(watch.hasEnded, true);
});

test("a watch of the revision that is compacted to goes on", () => {
  const rig = withConfigMaps("a");
  rig.store.compact();
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "1003" });
  rig.create("configmaps", { name: "b" });
  assert.deepEqual(watch.lines, ["ADDED b 1004"]);
});

test("a watch from a revision that is still to come tells only what is after it", () => {
  const rig = withConfigMaps();
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "1004" });
  for (const name of ["a", "b", "c"]) rig.create("configmaps", { name });
  assert.deepEqual(watch.lines, ["ADDED c 1005"]);
});

test("a watch list begins with what exists and marks its end", () => {
  const rig = withConfigMaps("a");
  const watch = rig.watch(rig.target("configmaps"), watchList({ resourceVersion: "1001" }));
  rig.create("configmaps", { name: "b" });
  assert.deepEqual(watch.lines, ["ADDED a 1003", "BOOKMARK 1003 initial-events-end", "ADDED b 1004"]);
  assert.deepEqual(watch.events[1]?.object, {
    kind: "ConfigMap",
    apiVersion: "v1",
    metadata: { resourceVersion: "1003", annotations: { "k8s.io/initial-events-end": "true" } },
  });
});

test("a watch list does not need bookmarks, nor history", () => {
  const rig = withConfigMaps("a");
  rig.store.compact();
  const watch = rig.watch(rig.target("configmaps"), watchList({ resourceVersion: "5", allowBookmarks: false }));
  assert.deepEqual(watch.lines, ["ADDED a 1003"]);
});

test("a watch list of a revision that is still to come fails in the stream", () => {
  const rig = withConfigMaps("a");
  const watch = rig.watch(rig.target("configmaps"), watchList({ resourceVersion: "2000" }));
  assert.deepEqual(watch.lines, ["ERROR Timeout: Too large resource version: 2000, current: 1003"]);
  assert.equal(watch.hasEnded, true);
});

test("who takes bookmarks and does not say from where gets a watch list", () => {
  const rig = withConfigMaps("a");
  const watch = rig.watch(rig.target("configmaps"), { allowBookmarks: true });
  assert.deepEqual(watch.lines, ["ADDED a 1003", "BOOKMARK 1003 initial-events-end"]);
});

test("who wants no initial events gets none", () => {
  const rig = withConfigMaps("a");
  const watch = rig.watch(rig.target("configmaps"), { sendInitialEvents: false, resourceVersionMatch: "NotOlderThan" });
  rig.create("configmaps", { name: "b" });
  assert.deepEqual(watch.lines, ["ADDED b 1004"]);
});

test("an older server refuses watch lists, and marks no initial events", () => {
  const rig = new ApiOperationsRig({ imperfections: { allowsWatchList: false } });
  rig.create("configmaps", { name: "a" });
  const status = statusOf(() => rig.watch(rig.target("configmaps"), watchList()));
  const why = "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled";
  assert.equal(status.message, `ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: ${why}`);
  assert.deepEqual(rig.watch(rig.target("configmaps"), { allowBookmarks: true }).lines, ["ADDED a 1003"]);
});

test("an object that leaves the selection is deleted for its watch, in its last selected state at the new revision", () => {
  const rig = withConfigMaps();
  rig.create("configmaps", { name: "a", labels: { app: "web" } }, { data: { k: "1" } });
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "1003", labelSelector: "app=web" });
  change(rig, "a", { labels: { app: "api" } }, { data: { k: "2" } });
  change(rig, "a", { labels: { app: "api" } }, { data: { k: "3" } });
  change(rig, "a", { labels: { app: "web" } }, { data: { k: "4" } });
  assert.deepEqual(watch.lines, ["DELETED a 1004", "ADDED a 1006"]);
  const [left, entered] = watch.events;
  assert.deepEqual([left?.object["data"], entered?.object["data"]], [{ k: "1" }, { k: "4" }]);
  rig.operations.delete(rig.target("configmaps", "a"), deleteOptions());
  assert.equal(watch.lines.at(-1), "DELETED a 1007");
});

test("an object that was never selected is not deleted for a watch", () => {
  const rig = withConfigMaps("a");
  const watch = rig.watch(rig.target("configmaps"), { resourceVersion: "1003", labelSelector: "app" });
  change(rig, "a");
  rig.operations.delete(rig.target("configmaps", "a"), deleteOptions());
  assert.deepEqual(watch.lines, []);
});

test("watches of one resource share their events", () => {
  const rig = withConfigMaps();
  const [one, two] = [rig.watch(rig.target("configmaps")), rig.watch(rig.target("configmaps"))];
  rig.create("configmaps", { name: "a" });
  assert.equal(one.events[0], two.events[0]);
});

test("a watch of custom resources ends when their definition changes what is served, or goes", () => {
  const rig = withConfigMaps();
  const target = rig.target("customresourcedefinitions.apiextensions.k8s.io", "widgets.example.com");
  const define = (name: string, spec: object, status: object): unknown =>
    rig.store.put(target.resource.storage, {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name },
      spec,
      status,
    });
  define("widgets.example.com", { scope: "Namespaced" }, {});
  define("plains.example.com", { scope: "Cluster" }, {});
  const watch = rig.watch(rig.target("widgets.example.com"));
  define("widgets.example.com", { scope: "Namespaced" }, { conditions: [] });
  define("plains.example.com", { scope: "Namespaced" }, {});
  assert.equal(watch.hasEnded, false);
  define("widgets.example.com", { scope: "Cluster" }, {});
  assert.equal(watch.hasEnded, true);
  const next = rig.watch(rig.target("widgets.example.com"));
  rig.create("widgets.example.com", { name: "w" }, { spec: { size: 2 } });
  const definition = rig.read(target);
  assert.ok(definition);
  rig.store.remove(target.resource.storage, definition);
  assert.deepEqual([next.lines.length, next.hasEnded], [1, true]);
});

test("a watch from what is no revision is refused in the server's words", () => {
  const rig = withConfigMaps();
  const status = statusOf(() => rig.watch(rig.target("configmaps"), { resourceVersion: "abc" }));
  const message = `resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax`;
  assert.deepEqual([status.code, status.reason, status.message], [500, undefined, message]);
});

test("a watch with a selector that cannot be read is refused", () => {
  const rig = withConfigMaps();
  assert.equal(statusOf(() => rig.watch(rig.target("configmaps"), { labelSelector: "a b" })).code, 400);
  assert.equal(statusOf(() => rig.watch(rig.target("configmaps"), { fieldSelector: "a=b" })).code, 400);
});

function withConfigMaps(...names: readonly string[]): ApiOperationsRig {
  const rig = new ApiOperationsRig();
  for (const name of names) rig.create("configmaps", { name });
  return rig;
}

function watchList(options: Partial<WatchOptions> = {}): Partial<WatchOptions> {
  return { sendInitialEvents: true, resourceVersionMatch: "NotOlderThan", allowBookmarks: true, ...options };
}

let changes = 0;

function change(rig: ApiOperationsRig, name: string, metadata: object = {}, rest?: object): void {
  const body = rest ?? { data: { change: String(++changes) } };
  rig.operations.update(rig.target("configmaps", name), { ...body, metadata: { name, ...metadata } }, writeOptions());
}
