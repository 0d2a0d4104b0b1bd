import assert from "node:assert/strict";
import { test } from "node:test";
import { cacheObjectsOf } from "#authoring/invoke/offline/cache-objects.ts";
import type { PlacedObject } from "#authoring/invoke/objects/given-objects.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { parseObject, type RawObject } from "#resources/raw-object.ts";
import { NODES, PODS } from "../../../support/api-resources.ts";
import { DEFAULTS, placed } from "../../../support/offline-objects.ts";

function objectsOf(given: readonly PlacedObject[], resource: ApiResource = PODS): readonly RawObject[] {
  const found = cacheObjectsOf(resource, given, DEFAULTS);
  assert.ok(found.type === "objects", JSON.stringify(found));
  return found.objects;
}

function refusal(...given: readonly PlacedObject[]): string {
  const found = cacheObjectsOf(PODS, given, DEFAULTS);
  return found.type === "failed" ? found.message : "it is taken";
}

test("the objects of a cache are those of its kind, each with what the API server would have filled in", () => {
  const given = [
    placed("Node", { name: "n" }),
    placed("Pod", { name: "a", managedFields: [{}] }),
    placed("Pod", { name: "b", namespace: "prod", uid: "u", resourceVersion: "7", creationTimestamp: "then" }),
  ];
  const { now } = DEFAULTS;
  const made = { uid: "00000000-0000-0000-0000-000000000002", resourceVersion: "1", creationTimestamp: now };
  assert.deepEqual(objectsOf(given).map(parseObject), [
    { apiVersion: "v1", kind: "Pod", metadata: { name: "a", namespace: "default", ...made } },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "b", namespace: "prod", uid: "u", resourceVersion: "7", creationTimestamp: "then" },
    },
  ]);
  assert.deepEqual(
    objectsOf(given, NODES).map(({ key }) => key),
    ["n"],
  );
});

test("objects that name no uid get different ones", () => {
  const uids = objectsOf([placed("Pod", { name: "a" }), placed("Pod", { name: "b" })]).map(({ uid }) => uid);
  assert.equal(new Set(uids).size, 2);
});

test("an object that is given twice counts once, two states of one are refused with where they are", () => {
  const labels = { app: "web" };
  assert.equal(objectsOf([placed("Pod", { name: "a" }), placed("Pod", { name: "a" })]).length, 1);
  assert.equal(
    refusal(placed("Pod", { name: "a" }), placed("Pod", { name: "a", labels }, {}, { place: "more.yaml" })),
    'Cannot fill the caches: "objects.yaml" and "more.yaml" hold Pod "default/a" in two states. Leave one of them out.',
  );
  assert.match(
    refusal(placed("Pod", { name: "a" }), placed("Pod", { name: "a", namespace: "default" })),
    /^Cannot fill the caches: "objects\.yaml" holds Pod "default\/a" in two states\./,
  );
});
