import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { pathIndex, pathIndexName } from "#broker/caches/path-index.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import { NODES, PODS } from "../../support/api-resources.ts";
import { broker, type Broker, cacheOf, EVENT } from "../../support/brokered-handler.ts";
import { type KubernetesObject, pod, rawObject } from "../../support/objects.ts";

const WEB = pod({ name: "web", namespace: "prod", labels: { app: "web" } }, { spec: { nodeName: "n1" } });
const API = pod({ name: "api", namespace: "prod", labels: { app: "api" } }, { spec: { nodeName: "n2" } });
const DEV = pod({ name: "web", namespace: "dev", labels: { app: "web" } }, { spec: { nodeName: "n1" } });
const NODE = { kind: "Node", apiVersion: "v1", metadata: { name: "n1", uid: "uid-n1", resourceVersion: "1" } };
const ALL = [WEB, API, DEV];

function read({ capabilities }: Broker, method: string, ...args: readonly unknown[]): unknown {
  const answer = capabilities.read(method, args, EVENT);
  return JSON.parse(typeof answer === "string" ? answer : Buffer.from(answer).toString());
}

function names(objects: unknown): readonly string[] {
  const list = objects as readonly { readonly metadata: { readonly namespace?: string; readonly name: string } }[];
  return list.map(({ metadata: { namespace = "-", name } }) => `${namespace}/${name}`).sort();
}

suite("lister", () => {
  const pods = broker({}, { cache: cacheOf(ALL) });

  test("get takes the event's namespace, or another", () => {
    assert.deepEqual(read(pods, "lister.get", "web"), WEB);
    assert.deepEqual(read(pods, "lister.get", "web", "dev"), DEV);
    assert.deepEqual(read(pods, "lister.get", "web", null), WEB);
  });

  test("get of what is not there is null", () => assert.equal(read(pods, "lister.get", "none"), null));

  test("get of a cluster-scoped resource has no namespace", () => {
    assert.deepEqual(read(broker({}, { cache: cacheOf([NODE], NODES) }), "lister.get", "n1"), NODE);
  });

  test("an object is answered with the bytes of the cache", () => {
    const cache = cacheOf(ALL);
    const answer = broker({}, { cache }).capabilities.read("lister.get", ["web"], EVENT);
    assert.deepEqual(answer, cache.reader.get("prod/web")?.bytes());
  });

  test("list sees the whole informer, whatever the handler selects", () => {
    const narrow = broker({ labelSelector: "app=api", names: ["api"] }, { cache: cacheOf(ALL) });
    assert.deepEqual(names(read(narrow, "lister.list")), ["dev/web", "prod/api", "prod/web"]);
  });

  test("list takes a namespace, a selector and a limit", () => {
    assert.deepEqual(names(read(pods, "lister.list", { namespace: "dev" })), ["dev/web"]);
    assert.deepEqual(names(read(pods, "lister.list", { labelSelector: "app in (api)" })), ["prod/api"]);
    assert.equal(names(read(pods, "lister.list", { limit: 2 })).length, 2);
    assert.deepEqual(read(pods, "lister.list", { limit: 0 }), []);
    assert.deepEqual(read(pods, "lister.list", { namespace: "none" }), []);
  });

  test("list with fields answers only these", () => {
    const answer = read(pods, "lister.list", { namespace: "dev", fields: ["metadata.name", "spec.nodeName"] });
    assert.deepEqual(answer, [{ metadata: { name: "web" }, spec: { nodeName: "n1" } }]);
  });

  test("count counts what list would answer", () => {
    assert.equal(read(pods, "lister.count"), 3);
    assert.equal(read(pods, "lister.count", { namespace: "prod", labelSelector: "app=web" }), 1);
  });

  test("byIndex finds objects by the path behind an index's name", () => {
    const cache = cacheOf(ALL, undefined, { [pathIndexName("spec.nodeName")]: pathIndex("spec.nodeName") });
    const indexed = broker({ indexes: { byNode: "spec.nodeName" } }, { cache });
    assert.deepEqual(names(read(indexed, "lister.byIndex", "byNode", "n1")), ["dev/web", "prod/web"]);
    assert.deepEqual(read(indexed, "lister.byIndex", "byNode", "n9"), []);
  });

  test("an answer over 8 MiB throws and names fields and limit", () => {
    const large = Array.from({ length: 10 }, (_, at) => pod({ name: `p${at}` }, { data: "x".repeat(1_000_000) }));
    const big = broker({}, { cache: cacheOf(large) });
    assert.throws(() => read(big, "lister.list"), {
      code: "BAD_CALL",
      message: `Cannot answer lister.list: 9 objects are over 8 MiB already; ask for less with "fields" or "limit"`,
    });
    assert.equal(names(read(big, "lister.list", { limit: 8 })).length, 8);
    assert.equal(names(read(big, "lister.list", { fields: ["metadata"] })).length, 10);
  });
});

/** The cache of these objects, which tells whose bytes were read. */
function watchedCache(objects: readonly KubernetesObject[]) {
  const read: string[] = [];
  const store = new ObjectStore();
  store.replaceAll(
    objects.map(rawObject).map((object) => ({
      ...object,
      bytes: () => {
        read.push(object.key);
        return object.bytes();
      },
    })),
  );
  return { cache: { resource: PODS, reader: store }, read };
}

suite("a read of what a filter leaves", () => {
  test("counts without touching any object's bytes", () => {
    const { cache, read: bytesRead } = watchedCache(ALL);
    assert.equal(read(broker({}, { cache }), "lister.count", { namespace: "prod", labelSelector: "app=web" }), 1);
    assert.deepEqual(bytesRead, []);
  });

  test("touches the bytes of what matches, once each, and no others", () => {
    const { cache, read: bytesRead } = watchedCache(ALL);
    read(broker({}, { cache }), "lister.list", { labelSelector: "app=api" });
    read(broker({}, { cache }), "lister.list", { namespace: "dev", fields: ["metadata.name"] });
    assert.deepEqual(bytesRead, ["prod/api", "dev/web"]);
  });

  test("touches no more bytes once the answer is over its limit", () => {
    const large = Array.from({ length: 20 }, (_, at) => pod({ name: `p${at}` }, { data: "x".repeat(1_000_000) }));
    const { cache, read: bytesRead } = watchedCache(large);
    assert.throws(() => read(broker({}, { cache }), "lister.list"), { code: "BAD_CALL" });
    assert.equal(bytesRead.length, 9);
  });
});

suite("a further lister", () => {
  test("has the objects of its selector in the handler's namespaces", () => {
    const options = { namespaces: ["prod"], listers: { web: { resource: "pods", labelSelector: "app=web" } } };
    const handler = broker(options, { listers: { web: cacheOf(ALL) } });
    assert.deepEqual(names(read(handler, "listers.web.list")), ["prod/web"]);
    assert.equal(read(handler, "listers.web.count"), 1);
    assert.equal(read(handler, "listers.web.get", "api"), null);
    assert.equal(read(handler, "listers.web.get", "web", "dev"), null);
    assert.deepEqual(read(handler, "listers.web.get", "web"), WEB);
  });

  test("of a cluster-scoped resource has all of it", () => {
    const handler = broker(
      { namespaces: ["prod"], listers: ["nodes"] },
      { listers: { nodes: cacheOf([NODE], NODES) } },
    );
    assert.deepEqual(read(handler, "listers.nodes.get", "n1"), NODE);
    assert.equal(read(handler, "listers.nodes.count"), 1);
  });

  test("may have a name with dots", () => {
    const handler = broker({ listers: ["pods.v1"] }, { listers: { "pods.v1": cacheOf(ALL) } });
    assert.equal(read(handler, "listers.pods.v1.count"), 3);
  });

  test("has no indexes of the handler's own resource", () => {
    const handler = broker(
      { indexes: { byNode: "spec.nodeName" }, listers: ["pods"] },
      { listers: { pods: cacheOf(ALL, undefined, { [pathIndexName("spec.nodeName")]: pathIndex("spec.nodeName") }) } },
    );
    assert.throws(() => read(handler, "listers.pods.byIndex", "byNode", "n1"), { code: "BAD_CALL" });
  });
});

const REFUSED: readonly (readonly [string, string, readonly unknown[], string])[] = [
  [
    "an unknown index",
    "lister.byIndex",
    ["byNod", "n1"],
    `Cannot call lister.byIndex: no index is named "byNod": there is "byNode"`,
  ],
  [
    "a selector that is none",
    "lister.list",
    [{ labelSelector: "app=(" }],
    `Cannot read label selector "app=(": "(" at character 5. Write a label value there`,
  ],
  [
    "a missing name",
    "lister.get",
    [],
    `Cannot call lister.get: the name is missing; it must be a text that is not empty`,
  ],
  [
    "a query that is none",
    "lister.list",
    ["prod"],
    `Cannot call lister.list: the query is "prod"; it must be an object`,
  ],
  [
    "a limit that is none",
    "lister.list",
    [{ limit: -1 }],
    `Cannot call lister.list: limit is -1; it must be a whole number that is not negative`,
  ],
  [
    "fields that are none",
    "lister.list",
    [{ fields: "spec" }],
    `Cannot call lister.list: fields is "spec"; it must be a list of at most 32 texts`,
  ],
  [
    "more than 32 fields",
    "lister.list",
    [{ fields: Array.from({ length: 33 }, () => "a") }],
    `Cannot call lister.list: fields is ${JSON.stringify(Array.from({ length: 33 }, () => "a")).slice(0, 60)}…; it must be a list of at most 32 texts`,
  ],
  [
    "a selector of more than 64 terms",
    "lister.count",
    [{ labelSelector: Array.from({ length: 65 }, (_, at) => `!k${at}`).join(",") }],
    `Cannot call lister.count: labelSelector has 65 terms; it must have at most 64. Write values of one label as "key in (a, b)"`,
  ],
];

for (const [what, method, args, message] of REFUSED) {
  test(`a read refuses ${what} and says what is wrong`, () => {
    assert.throws(() => read(broker({ indexes: { byNode: "spec.nodeName" } }), method, ...args), { message });
  });
}

for (const method of ["lister.watch", "lister.constructor", "listers.none.list", "metrics.summary", "lister", ""]) {
  test(`a read of "${method}", which is not there, says so`, () => {
    assert.throws(() => read(broker(), method), {
      code: "NOT_SUPPORTED",
      message: `Cannot call ${method}: this version of informd does not have it yet`,
    });
  });
}
