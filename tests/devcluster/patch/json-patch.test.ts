import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fieldOf, type JsonRecord } from "#kernel/json-value.ts";
import { jsonPatch } from "#devcluster/patch/json-patch.ts";
import { statusOf } from "../../support/api-status.ts";
import { type Answer, askApiServer } from "../../support/ask-api-server.ts";
import { type KubeApiServer, skipWithoutApiServer, startKubeApiServer } from "../../support/kube-api-server.ts";
import { WIDGETS } from "../captured/widgets.ts";

const DOCUMENT = { data: { a: "1", "x/y": "2" }, list: ["a", "b", "c"], text: "t" };

/** Whatever cannot be done. */
const REJECTED = {
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  message: "the server rejected our request due to an error in our request",
  reason: "Invalid",
  details: {},
  code: 422,
};

const patched = (...operations: readonly JsonRecord[]): unknown => jsonPatch(DOCUMENT, operations);

/** Of RFC 6902, and of the real server's liberties with it: what becomes of `DOCUMENT`, beside what stays. */
const CASES: readonly [title: string, operations: readonly JsonRecord[], changes: JsonRecord][] = [
  ["add sets a member", [{ op: "add", path: "/data/b", value: 2 }], { data: { ...DOCUMENT.data, b: 2 } }],
  ["add inserts into a list", [{ op: "add", path: "/list/1", value: "z" }], { list: ["a", "z", "b", "c"] }],
  ["add at the list's length appends", [{ op: "add", path: "/list/3", value: "z" }], { list: ["a", "b", "c", "z"] }],
  ["a dash appends", [{ op: "add", path: "/list/-", value: "z" }], { list: ["a", "b", "c", "z"] }],
  ["an added member without value is null", [{ op: "add", path: "/text" }], { text: null }],
  ["remove takes a member away", [{ op: "remove", path: "/data/a" }], { data: { "x/y": "2" } }],
  ["remove takes an element away", [{ op: "remove", path: "/list/0" }], { list: ["b", "c"] }],
  ["replace sets a member", [{ op: "replace", path: "/text", value: "u" }], { text: "u" }],
  ["replace sets an element", [{ op: "replace", path: "/list/2", value: "u" }], { list: ["a", "b", "u"] }],
  ["move", [{ op: "move", from: "/data/a", path: "/text" }], { data: { "x/y": "2" }, text: "1" }],
  ["move within a list", [{ op: "move", from: "/list/0", path: "/list/2" }], { list: ["b", "c", "a"] }],
  ["copy", [{ op: "copy", from: "/data/a", path: "/text" }], { text: "1" }],
  ["test passes on an equal value", [{ op: "test", path: "/data", value: { "x/y": "2", a: "1" } }], {}],
  ["~1 is a slash", [{ op: "replace", path: "/data/x~1y", value: "3" }], { data: { a: "1", "x/y": "3" } }],
  [
    "~01 is a tilde and a one",
    [{ op: "add", path: "/data/x~01y", value: 3 }],
    { data: { ...DOCUMENT.data, "x~1y": 3 } },
  ],
  [
    "replace adds a member that is not there",
    [{ op: "replace", path: "/data/b", value: 1 }],
    { data: { ...DOCUMENT.data, b: 1 } },
  ],
  ["a copy of what is not there is null", [{ op: "copy", from: "/data/zz", path: "/text" }], { text: null }],
  ["a test for null passes on what is not there", [{ op: "test", path: "/data/zz", value: null }], {}],
  ["a test for nothing passes on what is not there", [{ op: "test", path: "/data/zz" }], {}],
  [
    "an index may count from the end",
    [
      { op: "remove", path: "/list/-2" },
      { op: "add", path: "/list/-1", value: "z" },
    ],
    { list: ["a", "c", "z"] },
  ],
  ["an index may have a sign and zeros", [{ op: "remove", path: "/list/+01" }], { list: ["a", "c"] }],
];

/** What cannot be done. */
const IMPOSSIBLE: readonly JsonRecord[] = [
  { op: "test", path: "/data/a", value: "2" },
  { op: "test", path: "/data/zz", value: "2" },
  { op: "test", path: "/nope/zz", value: null },
  { op: "test", path: "/list/9", value: null },
  { op: "remove", path: "/data/zz" },
  { op: "remove", path: "/nope/zz" },
  { op: "remove", path: "/list/3" },
  { op: "remove", path: "/list/-" },
  { op: "replace", path: "/nope/zz", value: "1" },
  { op: "replace", path: "/list/3", value: "1" },
  { op: "replace", path: "/list/-", value: "1" },
  { op: "replace", path: "/text/b", value: "1" },
  { op: "add", path: "/nope/zz", value: "1" },
  { op: "add", path: "/list/4", value: "1" },
  { op: "add", path: "/list/x", value: "1" },
  { op: "add", path: "/list/-5", value: "1" },
  { op: "add", path: "/text/b", value: "1" },
  { op: "add", value: "1" },
  { op: "move", from: "/data/zz", path: "/data/y" },
  { op: "move", from: "/data", path: "/data/y" },
  { op: "move", from: "/data/a", path: "/nope/y" },
  { op: "move", from: "/data/a" },
  { op: "copy", from: "/nope/zz", path: "/data/y" },
  { op: "copy", path: "/data/y" },
  { op: "bogus", path: "/data/y" },
  { path: "/data/y" },
];

suite("JSON patch", () => {
  for (const [title, operations, changes] of CASES) {
    test(title, () => assert.deepEqual(patched(...operations), { ...DOCUMENT, ...changes }));
  }

  for (const operation of IMPOSSIBLE) {
    test(`rejects ${JSON.stringify(operation)}`, () => {
      assert.deepEqual(
        statusOf(() => patched(operation)),
        REJECTED,
      );
    });
  }

  test("replaces the whole document", () => {
    assert.deepEqual(patched({ op: "replace", path: "", value: { a: 1 } }), { a: 1 });
  });

  test("does not look at what stands before a path's first slash", () => {
    assert.deepEqual(patched({ op: "add", path: "data/text", value: "u" }), { ...DOCUMENT, text: "u" });
  });

  for (const operation of [
    { op: "add", path: "", value: {} },
    { op: "add", path: "text", value: {} },
    { op: "remove", path: "" },
    { op: "replace", path: "", value: "text" },
    { op: "test", path: "", value: {} },
  ]) {
    test(`rejects ${JSON.stringify(operation)} of the whole document`, () => {
      assert.deepEqual(
        statusOf(() => patched(operation)),
        REJECTED,
      );
    });
  }

  test("is rejected as a whole when its last operation is", () => {
    const before = structuredClone(DOCUMENT);
    assert.throws(() => patched({ op: "remove", path: "/data/a" }, { op: "test", path: "/data/a", value: "1" }));
    assert.deepEqual(DOCUMENT, before);
  });
  test("has at most 10,000 operations", () => {
    const operations = Array.from({ length: 10_001 }, () => ({ op: "test", path: "/text", value: "t" }));
    const { code, reason, message } = statusOf(() => patched(...operations));
    assert.deepEqual(
      [code, reason, message],
      [
        413,
        "RequestEntityTooLarge",
        "Request entity is too large: The allowed maximum operations in a JSON patch is 10000, got 10001",
      ],
    );
  });
});

test("a member named __proto__ is a member like others", () => {
  const result = patched({ op: "add", path: "/data/__proto__", value: "q" });
  assert.equal(JSON.stringify(result), '{"data":{"a":"1","x/y":"2","__proto__":"q"},"list":["a","b","c"],"text":"t"}');
});

suite("JSON patch on a real server", { skip: skipWithoutApiServer, timeout: 120_000 }, () => {
  let server: KubeApiServer;
  before(async () => {
    server = await startKubeApiServer();
  });
  after(() => server.stop());

  test("does the same to a field without a schema", async () => {
    const ask = askApiServer(server);
    const collection = "/apis/example.com/v1/namespaces/default/widgets";
    await ask({ method: "POST", path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", body: WIDGETS });
    await delay(ESTABLISHED_MS);
    const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" }, spec: { free: DOCUMENT } };
    await ask({ method: "POST", path: collection, body: widget });
    const patch = (operations: readonly JsonRecord[]): Promise<Answer> =>
      ask({
        method: "PATCH",
        path: `${collection}/w?dryRun=All`,
        contentType: "application/json-patch+json",
        body: operations.map(below),
      });

    for (const [title, operations, changes] of CASES) {
      const { body } = await patch(operations);
      assert.deepEqual(fieldOf(fieldOf(body, "spec"), "free"), { ...DOCUMENT, ...changes }, title);
    }
    for (const operation of IMPOSSIBLE) {
      assert.deepEqual((await patch([operation])).body, REJECTED, JSON.stringify(operation));
    }
  });
});

const ESTABLISHED_MS = 3000;

/** The operation, on the field. */
function below(operation: JsonRecord): JsonRecord {
  const members = Object.entries(operation).map(([name, value]) =>
    (name === "path" || name === "from") && typeof value === "string" ? [name, `/spec/free${value}`] : [name, value],
  );
  return Object.fromEntries(members) as JsonRecord;
}
