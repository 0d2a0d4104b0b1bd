/** What a handler's arguments cannot make the host read from its caches. */
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { broker, cacheOf, EVENT } from "../../support/brokered-handler.ts";
import { pod } from "../../support/objects.ts";

const OBJECTS = [
  pod({ name: "mine", namespace: "prod", labels: { app: "web" } }),
  pod({ name: "secretive", namespace: "dev", labels: { app: "web" } }),
  pod({ name: "unlabelled", namespace: "prod" }),
];
const OPTIONS = { namespaces: ["prod"], listers: { web: { resource: "pods", labelSelector: "app=web" } } };

function read(method: string, ...args: readonly unknown[]): unknown {
  const { capabilities } = broker(OPTIONS, { listers: { web: cacheOf(OBJECTS) } });
  return JSON.parse(String(capabilities.read(method, args, EVENT)));
}

const namesOf = (answer: unknown): unknown =>
  (answer as readonly { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);

suite("a further lister, over a cache of all namespaces,", () => {
  for (const [what, method, args, answer] of [
    ["get of an object in a foreign namespace", "get", ["secretive", "dev"], null],
    ["get of an object by its key", "get", ["dev/secretive", ""], null],
    ["get of what its selector leaves out", "get", ["unlabelled", "prod"], null],
    ["list of a foreign namespace", "list", [{ namespace: "dev" }], []],
    ["count of a foreign namespace", "count", [{ namespace: "dev" }], 0],
    ["count of everything", "count", [], 1],
    ["list by a selector that it does not have", "list", [{ labelSelector: "app!=web" }], []],
    ["list by what every object inherits", "list", [{ labelSelector: "constructor" }], []],
    ["list of what has no label toString", "count", [{ labelSelector: "!toString" }], 1],
  ] as const) {
    test(`${what} shows nothing that is foreign`, () =>
      assert.deepEqual(read(`listers.web.${method}`, ...args), answer));
  }

  test("list of everything shows the handler's namespaces and what the selector leaves", () => {
    assert.deepEqual(namesOf(read("listers.web.list")), ["mine"]);
    assert.deepEqual(namesOf(read("listers.web.list", { namespace: "" })), ["mine"]);
  });

  for (const fields of [["__proto__"], ["constructor.name"], ["metadata.__proto__.x"]]) {
    test(`list of the field ${fields[0]} shows nothing`, () => {
      const answer = JSON.stringify(read("listers.web.list", { fields }));
      assert.ok(["[{}]", '[{"metadata":{}}]'].includes(answer), answer);
    });
  }
});

for (const [method, args, code] of [
  ["listers.other.get", ["a"], "NOT_SUPPORTED"],
  ["listers.__proto__.get", ["a"], "NOT_SUPPORTED"],
  ["listers.constructor.get", ["a"], "NOT_SUPPORTED"],
  ["listers.get", ["a"], "NOT_SUPPORTED"],
  ["lister.constructor", [], "NOT_SUPPORTED"],
  ["lister.__proto__", [], "NOT_SUPPORTED"],
  ["lister.", [], "NOT_SUPPORTED"],
  ["kube.get", ["pods", { name: "a" }], "NOT_SUPPORTED"],
  ["lister.byIndex", ["__proto__", "x"], "BAD_CALL"],
  ["lister.byIndex", ["namespace", "dev"], "BAD_CALL"],
  ["lister.get", [{ toString: "a" }], "BAD_CALL"],
  ["lister.list", [{ limit: -1 }], "BAD_CALL"],
  ["lister.list", [{ fields: "metadata" }], "BAD_CALL"],
  ["lister.list", [{ labelSelector: "!a,".repeat(10_000) }], "BAD_CALL"],
  ["lister.count", [{ labelSelector: "!a,".repeat(10_000) }], "BAD_CALL"],
  ["lister.list", [{ fields: Array.from({ length: 257 }, (_, i) => `f${i}`) }], "BAD_CALL"],
  ["lister.list", [{ fields: ["a.".repeat(10_000)] }], "BAD_CALL"],
] as const) {
  test(`a read of ${method}(${JSON.stringify(args).slice(1, -1).slice(0, 60)}) is refused`, () => {
    assert.throws(() => read(method, ...args), { code });
  });
}
