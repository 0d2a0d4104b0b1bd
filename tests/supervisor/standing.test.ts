import assert from "node:assert/strict";
import { test } from "node:test";
import { type Standing, standingOf } from "#supervisor/standing.ts";
import type { HandlerCaches } from "#supervisor/ports.ts";
import { RecentDeletes } from "#supervisor/recent-deletes.ts";
import { DEPLOYMENTS, PODS } from "../support/dispatch-bench.ts";
import { type ObjectFields, TickingCache } from "../support/ticking-cache.ts";
import { FREE_HOST_TIME } from "../support/free-host-time.ts";

/** Caches that show these objects, written `key@version`. */
function caches(objects: readonly string[], fields: Partial<HandlerCaches> = {}): HandlerCaches {
  const view = new TickingCache();
  for (const object of objects) view.set(fieldsOf(object));
  return {
    resource: PODS,
    namespaces: undefined,
    selector: { matches: () => true },
    view,
    capabilities: { call: () => Promise.resolve(""), hostTime: FREE_HOST_TIME, read: () => "", log: () => {} },
    subscribe: () => () => {},
    release: () => {},
    ...fields,
  };
}

function fieldsOf(object: string): ObjectFields {
  const [key = "", resourceVersion = ""] = object.split("@");
  return { key, uid: `uid-${key}`, resourceVersion };
}

function deleted(...objects: readonly string[]): RecentDeletes {
  const deletes = new RecentDeletes();
  for (const object of objects) {
    const fields = fieldsOf(object);
    const before = new TickingCache().object(fields);
    deletes.note({ key: fields.key, before, after: undefined, last: before, relist: false });
  }
  return deletes;
}

interface Filters {
  readonly pushDown?: boolean;
  readonly fieldSelector?: string;
}

function standing(
  next: HandlerCaches,
  serving: HandlerCaches,
  deletes = deleted(),
  { pushDown = false, fieldSelector = "" }: Filters = {},
  servingFields = "",
): Standing {
  const options = { pushDown: false, fieldSelector: servingFields };
  return standingOf({ caches: next, options: { pushDown, fieldSelector } }, { caches: serving, options }, deletes);
}

test("caches are behind as long as they show an older version than the serving ones", () => {
  assert.equal(standing(caches(["a/x@9"]), caches(["a/x@10"])), "behind");
  assert.equal(standing(caches(["a/x@10"]), caches(["a/x@10"])), "level");
  assert.equal(standing(caches(["a/x@11", "b/y@12"]), caches(["a/x@10"])), "level");
});

test("caches are behind as long as they show what the serving ones saw deleted", () => {
  assert.equal(standing(caches(["a/x@9"]), caches([]), deleted("a/x@10")), "behind");
  assert.equal(standing(caches([]), caches([]), deleted("a/x@10")), "level");
  assert.equal(standing(caches(["a/x@11"]), caches([]), deleted("a/x@10")), "level");
});

test("caches that lack an object are unclear: it may be too new for them, or gone already", () => {
  assert.equal(standing(caches([]), caches(["a/x@10"])), "unclear");
});

const ON_N1 = { fieldSelector: "spec.nodeName=n1" };

test("caches may lack what another field selector hides", () => {
  assert.equal(standing(caches([]), caches(["a/x@10"]), deleted(), ON_N1), "level");
  assert.equal(standing(caches(["a/x@9"]), caches(["a/x@10"]), deleted(), ON_N1), "behind");
});

test("caches that lack an object are unclear if the same field selector showed it", () => {
  assert.equal(standing(caches([]), caches(["a/x@10"]), deleted(), ON_N1, ON_N1.fieldSelector), "unclear");
});

test("caches with a selector that the API server applies may lack what does not match it, and nothing else", () => {
  const other = { selector: { matches: () => false } };
  assert.equal(standing(caches([], other), caches(["a/x@10"]), deleted(), { pushDown: true }), "level");
  assert.equal(standing(caches([]), caches(["a/x@10"]), deleted(), { pushDown: true }), "unclear");
});

test("caches are level in what they do not watch, with another resource, and with themselves", () => {
  const serving = caches(["a/x@10"]);
  assert.equal(standing(caches([], { namespaces: ["b"] }), serving), "level");
  assert.equal(standing(caches([], { resource: DEPLOYMENTS }), serving), "level");
  assert.equal(standing(caches([], { view: serving.view }), serving, deleted("a/x@11")), "level");
});

test("deletes are remembered until the object comes back, and only the last thousand of them", () => {
  const deletes = deleted(...Array.from({ length: 1_001 }, (_, at) => `a/${at}@${at}`));
  const after = new TickingCache().object(fieldsOf("a/500@2000"));
  deletes.note({ key: "a/500", before: undefined, after, last: undefined, relist: false });
  const keys = Array.from(deletes.entries(), ([key]) => key);
  assert.equal(keys.length, 999);
  assert.equal(keys.includes("a/0"), false);
  assert.equal(keys.includes("a/500"), false);
});
