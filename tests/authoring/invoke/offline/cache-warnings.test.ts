import assert from "node:assert/strict";
import { test } from "node:test";
import { cacheWarnings, type NamedCache } from "#authoring/invoke/offline/cache-warnings.ts";
import type { PlacedObject } from "#authoring/invoke/objects/given-objects.ts";
import { OfflineCache, type OfflineScope } from "#authoring/invoke/offline/offline-cache.ts";
import { NODES, PODS } from "../../../support/api-resources.ts";
import { offlineObject, placed } from "../../../support/offline-objects.ts";

function cache(path: string, given: readonly PlacedObject[], scope: Partial<OfflineScope> = {}): NamedCache {
  const all = { resource: PODS, namespaces: undefined, labelSelector: "", fieldSelector: "", indexes: [], ...scope };
  const objects = given.filter(({ kind }) => kind === all.resource.kind);
  return [
    path,
    new OfflineCache(
      all,
      objects.map((one, at) => offlineObject(one, all.resource, at)),
    ),
  ];
}

const POD = placed("Pod", { name: "a" });

test("objects that some cache is of are not warned of, and kinds of which none are given neither", () => {
  const caches = [cache("lister", [POD]), cache("listers.nodes", [], { resource: NODES })];
  assert.deepEqual(cacheWarnings("h", caches, [POD]), []);
});

test("objects that no lister reads are named with their kinds and files, and what the handler reads", () => {
  const given = [
    POD,
    placed("Service", { name: "a" }),
    placed("Widget", { name: "a" }, {}, { apiVersion: "example.com/v1", place: "widgets.yaml" }),
    placed("Service", { name: "b" }, {}, { place: "more.yaml" }),
  ];
  const caches = [cache("lister", given), cache("listers.nodes", given, { resource: NODES })];
  assert.deepEqual(cacheWarnings("h", caches, given), [
    'Handler "h" has no lister of Service of v1 (2 in "objects.yaml", "more.yaml") and Widget of example.com/v1 (1 in "widgets.yaml"): ' +
      'it reads pods (lister) and nodes (listers.nodes). Name a kind in its option "listers", or leave it out of --cache.',
  ]);
});

test("of many kinds and many files the first are named", () => {
  const given = Array.from({ length: 9 }, (_, at) => placed(`Kind${at}`, { name: "a" }, {}, { place: `${at}.yaml` }));
  const [kinds = ""] = cacheWarnings("h", [cache("lister", [])], given);
  assert.match(
    kinds,
    /of Kind0 of v1 \(1 in "0\.yaml"\), .*, Kind4 of v1 \(1 in "4\.yaml"\) and 4 kinds more: it reads/,
  );
  const alike = given.map((one) => ({ ...one, kind: "Kind" }));
  const [files = ""] = cacheWarnings("h", [cache("lister", [])], alike);
  assert.match(files, /of Kind of v1 \(9 in "0\.yaml", "1\.yaml", "2\.yaml" and 6 files more\): /);
});

test("a cache that stays empty although objects of its kind are given says what it holds", () => {
  const scope = { namespaces: ["prod", "qa"], labelSelector: "tier=web", fieldSelector: "spec.nodeName=one" };
  assert.deepEqual(cacheWarnings("h", [cache("listers.web", [POD], scope)], [POD]), [
    'Nothing is in listers.web of handler "h" of the pods that are given (1 in "objects.yaml"): ' +
      'it holds what is in namespaces prod, qa, has the labels "tier=web" and has the fields "spec.nodeName=one".',
  ]);
});
