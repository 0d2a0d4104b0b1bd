import assert from "node:assert/strict";
import { test } from "node:test";

import { Lister } from "#informer/store/lister.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import { parseLabelSelector } from "#resources/label-selector.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { pod, rawObject } from "../support/objects.ts";

const PODS = [
  rawObject(pod({ name: "web", namespace: "shop", labels: { tier: "front" } })),
  rawObject(pod({ name: "api", namespace: "shop", labels: { tier: "back" } })),
  rawObject(pod({ name: "web", namespace: "blog", labels: { tier: "front" } })),
];

function listerOf(objects: readonly RawObject[], store = new ObjectStore()): Lister {
  store.replaceAll(objects);
  return new Lister("pods", store);
}

function keys(objects: readonly RawObject[]): string[] {
  return objects.map(({ key }) => key).sort();
}

test("lister get returns the object of a namespace, or the cluster-scoped one", () => {
  const node = rawObject({ kind: "Node", apiVersion: "v1", metadata: { name: "n1" } });
  const lister = listerOf([...PODS, node]);
  assert.equal(lister.get("web", "blog").key, "blog/web");
  assert.equal(lister.get("n1"), node);
});

test("lister get of what is not there throws NotFound, as an API server would", () => {
  assert.throws(() => listerOf(PODS).get("api", "blog"), {
    name: "NotFoundError",
    code: "NOT_FOUND",
    statusCode: 404,
    reason: "NotFound",
    message: 'Cannot get pods "blog/api": the cache does not have it',
  });
});

test("lister lists all namespaces, or one", () => {
  const lister = listerOf(PODS);
  assert.deepEqual(keys(lister.list()), ["blog/web", "shop/api", "shop/web"]);
  assert.deepEqual(keys(lister.list({ namespace: "" })), ["blog/web", "shop/api", "shop/web"]);
  assert.deepEqual(keys(lister.list({ namespace: "shop" })), ["shop/api", "shop/web"]);
  assert.deepEqual(keys(lister.list({ namespace: "none" })), []);
});

test("lister lists what a selector selects, up to a limit", () => {
  const lister = listerOf(PODS);
  const selector = parseLabelSelector("tier=front");
  assert.deepEqual(keys(lister.list({ selector })), ["blog/web", "shop/web"]);
  assert.deepEqual(keys(lister.list({ selector, namespace: "shop" })), ["shop/web"]);
  assert.equal(lister.list({ selector, limit: 1 }).length, 1);
  assert.equal(lister.list({ limit: 2 }).length, 2);
});

test("lister with the everything selector lists all without reading labels", () => {
  const unreadable: RawObject = Object.defineProperty({ ...PODS[0] } as RawObject, "labels", {
    get: () => assert.fail("labels were read"),
  });
  const lister = listerOf([unreadable]);
  assert.equal(lister.list({ selector: parseLabelSelector("") }).length, 1);
  assert.equal(lister.count({ selector: parseLabelSelector("") }), 1);
});

test("lister lists a namespace rightly without a namespace index", () => {
  const lister = listerOf(PODS, new ObjectStore({}));
  assert.deepEqual(keys(lister.list({ namespace: "shop" })), ["shop/api", "shop/web"]);
});

test("lister counts what list would return", () => {
  const lister = listerOf(PODS);
  assert.equal(lister.count(), 3);
  assert.equal(lister.count({ namespace: "shop" }), 2);
  assert.equal(lister.count({ namespace: "shop", selector: parseLabelSelector("tier=back") }), 1);
});

test("lister with a limit walks no further through a cache or a namespace than it has to", () => {
  const walked: string[] = [];
  const objects = PODS.map((object) =>
    Object.defineProperty({ ...object }, "labels", {
      get() {
        walked.push(object.key);
        return object.labels;
      },
    }),
  );
  const lister = listerOf(objects);
  const selector = parseLabelSelector("tier");
  assert.equal(lister.list({ selector, limit: 1 }).length, 1);
  assert.equal(lister.list({ selector, namespace: "shop", limit: 1 }).length, 1);
  assert.equal(lister.list({ selector, limit: 0 }).length, 0);
  assert.deepEqual(walked, ["shop/web", "shop/web"]);
});

test("lister finds objects by an index of the cache", () => {
  const store = new ObjectStore();
  store.addIndexers({ byTier: ({ labels }) => Object.values(labels) });
  const lister = listerOf(PODS, store);
  assert.deepEqual(keys(lister.byIndex("byTier", "front")), ["blog/web", "shop/web"]);
  assert.throws(() => lister.byIndex("byNode", "n1"), { code: "UNKNOWN_INDEX" });
});
