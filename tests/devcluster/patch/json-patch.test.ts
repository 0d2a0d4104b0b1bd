import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { jsonPatch } from "#devcluster/patch/json-patch.ts";
import { statusOf } from "../../support/api-status.ts";

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

suite("JSON patch does what RFC 6902 says", () => {
  const cases: readonly [title: string, operations: readonly JsonRecord[], expected: unknown][] = [
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
  ];
  for (const [title, operations, expected] of cases) {
    test(title, () => assert.deepEqual(patched(...operations), { ...DOCUMENT, ...(expected as object) }));
  }
});

suite("JSON patch is as liberal as the real server", () => {
  test("replace adds a member that is not there", () => {
    assert.deepEqual(
      patched({ op: "replace", path: "/data", value: {} }, { op: "replace", path: "/data/b", value: 1 }),
      {
        ...DOCUMENT,
        data: { b: 1 },
      },
    );
  });
  test("a copy of what is not there is null", () => {
    assert.deepEqual(patched({ op: "copy", from: "/data/zz", path: "/text" }), { ...DOCUMENT, text: null });
  });
  test("a test for null passes on what is not there", () => {
    assert.deepEqual(
      patched({ op: "test", path: "/data/zz", value: null }, { op: "test", path: "/data/zz" }),
      DOCUMENT,
    );
  });
  test("an index may count from the end", () => {
    const operations = [
      { op: "remove", path: "/list/-2" },
      { op: "add", path: "/list/-1", value: "z" },
    ];
    assert.deepEqual(patched(...operations), { ...DOCUMENT, list: ["a", "c", "z"] });
  });
  test("what stands before a path's first slash is not looked at", () => {
    assert.deepEqual(patched({ op: "add", path: "data/text", value: "u" }), { ...DOCUMENT, text: "u" });
  });
  test("the whole document can be replaced", () => {
    assert.deepEqual(patched({ op: "replace", path: "", value: { a: 1 } }), { a: 1 });
  });
});

suite("JSON patch is rejected", () => {
  const cases: readonly JsonRecord[] = [
    { op: "test", path: "/data/a", value: "2" },
    { op: "test", path: "/data/zz", value: "2" },
    { op: "test", path: "/nope/zz", value: null },
    { op: "test", path: "/list/9", value: null },
    { op: "test", path: "", value: {} },
    { op: "remove", path: "/data/zz" },
    { op: "remove", path: "/nope/zz" },
    { op: "remove", path: "/list/3" },
    { op: "remove", path: "/list/-" },
    { op: "remove", path: "" },
    { op: "replace", path: "/nope/zz", value: "1" },
    { op: "replace", path: "/list/3", value: "1" },
    { op: "replace", path: "/list/-", value: "1" },
    { op: "replace", path: "/text/b", value: "1" },
    { op: "replace", path: "", value: "text" },
    { op: "add", path: "/nope/zz", value: "1" },
    { op: "add", path: "/list/4", value: "1" },
    { op: "add", path: "/list/x", value: "1" },
    { op: "add", path: "/list/-5", value: "1" },
    { op: "add", path: "/text/b", value: "1" },
    { op: "add", path: "", value: {} },
    { op: "add", path: "text", value: {} },
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
  for (const operation of cases) {
    test(JSON.stringify(operation), () =>
      assert.deepEqual(
        statusOf(() => patched(operation)),
        REJECTED,
      ),
    );
  }
  test("as a whole when its last operation is", () => {
    const before = structuredClone(DOCUMENT);
    assert.throws(() => patched({ op: "remove", path: "/data/a" }, { op: "test", path: "/data/a", value: "1" }));
    assert.deepEqual(DOCUMENT, before);
  });
  test("with more than 10,000 operations", () => {
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
