import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJsonPath } from "#devcluster/tables/cells/json-path.ts";

const OBJECT = {
  spec: {
    size: 3,
    map: { "a.b/c": "dotted", x: { y: "deep" } },
    list: [
      { name: "a", size: 1 },
      { name: "b", size: 2, ready: true },
      { name: "c", size: 3, ready: false },
    ],
  },
};

function read(path: string): unknown {
  return parseJsonPath(path)?.(OBJECT);
}

test("a JSON path follows fields", () => {
  assert.deepEqual(read(".spec.size"), [3]);
  assert.deepEqual(read(".spec.map.x.y"), ["deep"]);
  assert.deepEqual(read(".spec.nope.y"), []);
});

test("a JSON path takes dots in keys behind a backslash", () => {
  assert.deepEqual(read(".spec.map.a\\.b/c"), ["dotted"]);
  assert.deepEqual(read(".spec.map['a\\.b/c']"), ["dotted"]);
  assert.deepEqual(read(".spec.map['a.b/c']"), []);
});

test("a JSON path counts elements from either end", () => {
  assert.deepEqual(read(".spec.list[1].name"), ["b"]);
  assert.deepEqual(read(".spec.list[-1].name"), ["c"]);
  assert.deepEqual(read(".spec.list[9].name"), []);
  assert.deepEqual(read(".spec.list[0:2].name"), ["a", "b"]);
  assert.deepEqual(read(".spec.list[*].size"), [1, 2, 3]);
});

test("a JSON path filters elements", () => {
  assert.deepEqual(read(".spec.list[?(@.name=='b')].size"), [2]);
  assert.deepEqual(read('.spec.list[?(@.name == "b")].size'), [2]);
  assert.deepEqual(read(".spec.list[?(@.name!='b')].size"), [1, 3]);
  assert.deepEqual(read(".spec.list[?(@.size>=2)].name"), ["b", "c"]);
  assert.deepEqual(read(".spec.list[?(@.size<2)].name"), ["a"]);
  assert.deepEqual(read(".spec.list[?(@.ready)].name"), ["b", "c"]);
});

test("what is no JSON path is refused", () => {
  for (const path of ["", "spec", ".spec[", ".spec..size", '.spec["size"]', ".spec.list[a]", ".spec.size extra]"])
    assert.equal(path === "" ? undefined : parseJsonPath(path), undefined, path);
});

test("a JSON path never reads what is no member of the object", () => {
  assert.deepEqual(read(".spec.constructor"), []);
  assert.deepEqual(read(".__proto__"), []);
});
