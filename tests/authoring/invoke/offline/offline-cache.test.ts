import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { OfflineCache, type OfflineScope } from "#authoring/invoke/offline/offline-cache.ts";
import { pathIndexName } from "#broker/caches/path-index.ts";
import type { Delivery, EventType } from "#dispatch/ports.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { DEPLOYMENTS, PODS } from "../../../support/api-resources.ts";
import type { Metadata } from "../../../support/objects.ts";
import { offlineObject, placed } from "../../../support/offline-objects.ts";

const ALL: OfflineScope = {
  resource: PODS,
  namespaces: undefined,
  labelSelector: "",
  fieldSelector: "",
  indexes: [],
};

function pod(metadata: Metadata, spec: object = {}): RawObject {
  return offlineObject(placed("Pod", metadata, { spec }));
}

const OBJECTS = [
  pod({ name: "a", namespace: "prod", labels: { tier: "web" } }, { nodeName: "one" }),
  pod({ name: "b", namespace: "prod", labels: { tier: "db" } }, { nodeName: "two" }),
  pod({ name: "c", namespace: "dev", labels: { tier: "web" } }, { nodeName: "one" }),
];

function keysOf({ reader }: OfflineCache): string[] {
  return Array.from(reader.values(), ({ key }) => key);
}

test("a cache without a cluster holds what its scope selects of the objects that are given", () => {
  const held = (scope: Partial<OfflineScope>): string[] => keysOf(new OfflineCache({ ...ALL, ...scope }, OBJECTS));
  assert.deepEqual(held({}), ["prod/a", "prod/b", "dev/c"]);
  assert.deepEqual(held({ namespaces: ["prod"] }), ["prod/a", "prod/b"]);
  assert.deepEqual(held({ labelSelector: "tier=web" }), ["prod/a", "dev/c"]);
  assert.deepEqual(held({ fieldSelector: "spec.nodeName=one", namespaces: ["prod", "qa"] }), ["prod/a"]);
});

test("a cache without a cluster has the handler's indexes, of what changes in it too", () => {
  const cache = new OfflineCache({ ...ALL, indexes: ["spec.nodeName"] }, OBJECTS);
  const onNode = (): string[] => cache.reader.byIndex(pathIndexName("spec.nodeName"), "one").map(({ key }) => key);
  assert.deepEqual(onNode(), ["prod/a", "dev/c"]);
  cache.show(event("updated", pod({ name: "b", namespace: "prod" }, { nodeName: "one" })));
  assert.deepEqual(onNode(), ["prod/a", "dev/c", "prod/b"]);
});

suite("before an event is told, a cache without a cluster", () => {
  const cache = (scope: Partial<OfflineScope> = {}): OfflineCache => new OfflineCache({ ...ALL, ...scope }, OBJECTS);

  test("has its object in the event's state, whatever was given", () => {
    const shown = cache();
    const object = pod({ name: "a", namespace: "prod", resourceVersion: "7" });
    shown.show(event("updated", object));
    shown.show(event("added", pod({ name: "new", namespace: "prod" })));
    assert.equal(shown.reader.get("prod/a")?.resourceVersion, "7");
    assert.deepEqual(keysOf(shown), ["prod/a", "prod/b", "dev/c", "prod/new"]);
  });

  test("loses an object that is deleted", () => {
    const shown = cache();
    shown.show(event("deleted", pod({ name: "a", namespace: "prod" })));
    assert.deepEqual(keysOf(shown), ["prod/b", "dev/c"]);
  });

  test("keeps what was created again under the name of an object that is deleted", () => {
    const shown = new OfflineCache(ALL, [pod({ name: "a", uid: "new" })]);
    shown.show(event("deleted", pod({ name: "a", uid: "old" })));
    assert.deepEqual(keysOf(shown), ["default/a"]);
    shown.show(event("deleted", pod({ name: "a", uid: "new" })));
    assert.deepEqual(keysOf(shown), []);
  });

  test("does not get what is out of its scope, and loses what has left it", () => {
    const shown = cache({ labelSelector: "tier=web" });
    shown.show(event("added", pod({ name: "new", labels: { tier: "db" } })));
    shown.show(event("unselected", pod({ name: "a", namespace: "prod", labels: { tier: "db" } })));
    assert.deepEqual(keysOf(shown), ["dev/c"]);
  });

  test("takes no object of another kind for its own", () => {
    const shown = cache();
    shown.show({ ...event("deleted", pod({ name: "a", namespace: "prod" })), resource: DEPLOYMENTS });
    assert.deepEqual(keysOf(shown).length, 3);
  });
});

function event(type: EventType, object: RawObject): Delivery {
  return {
    id: `${object.uid}/${object.resourceVersion}/${type}`,
    type,
    resource: PODS,
    object,
    old: undefined,
    finalStateUnknown: false,
    cause: "live",
    attempt: 1,
    observedAt: 0,
  };
}
