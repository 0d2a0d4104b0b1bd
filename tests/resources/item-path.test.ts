import assert from "node:assert/strict";
import { test } from "node:test";
import { parseItemPath, readItems } from "#resources/item-path.ts";

const POD = {
  metadata: { labels: { "a.b/c": "d" }, finalizers: ["x", "y"] },
  spec: {
    nodeName: "n1",
    containers: [
      { image: "a", ports: [{ containerPort: 80 }, { containerPort: 81 }] },
      { image: "b" },
      { name: "without" },
    ],
  },
};

function read(path: string): readonly unknown[] {
  return readItems(POD, parseItemPath(path));
}

test("item path reads a field, and a list as its items", () => {
  assert.deepEqual(read("spec.nodeName"), ["n1"]);
  assert.deepEqual(read("metadata.finalizers"), ["x", "y"]);
  assert.deepEqual(read("metadata.finalizers[*]"), ["x", "y"]);
  assert.deepEqual(read("metadata.labels['a.b/c']"), ["d"]);
});

test("item path reads a field of every item, lists in lists too", () => {
  assert.deepEqual(read("spec.containers[*].image"), ["a", "b"]);
  assert.deepEqual(read("spec.containers[*].ports[*].containerPort"), [80, 81]);
  assert.deepEqual(read("spec.containers[0].ports[*].containerPort"), [80, 81]);
});

test("item path that leads nowhere reads nothing", () => {
  for (const path of ["status", "spec.nodeName[*].x", "spec.containers[*].missing", "spec.missing[*].x"]) {
    assert.deepEqual(read(path), [], path);
  }
});

test("text that is no item path is an error that says how to write one", () => {
  for (const path of ["", "[*]", "[*].x", "spec[*]x", "spec[*][0]", "spec[*]..x", "spec[*].x y", "spec.[*]"]) {
    const expected = { code: "BAD_FIELD_PATH", message: /^Cannot read path ".*": .* every item as \[\*\]$/ };
    assert.throws(() => parseItemPath(path), expected, path);
  }
});
