import assert from "node:assert/strict";
import { test } from "node:test";

import { pathIndex } from "#broker/caches/path-index.ts";
import { pod, rawObject } from "../../support/objects.ts";

function valuesAt(path: string): readonly string[] {
  const spec = {
    nodeName: "n1",
    hostNetwork: true,
    priority: 7,
    gates: ["a", "b"],
    affinity: {},
    containers: [{ image: "i" }, { image: "j" }],
  };
  return pathIndex(path)(rawObject(pod({}, { spec })));
}

test("an index has what is at its path, as text", () => {
  assert.deepEqual(valuesAt("spec.nodeName"), ["n1"]);
  assert.deepEqual(valuesAt("spec.hostNetwork"), ["true"]);
  assert.deepEqual(valuesAt("spec.priority"), ["7"]);
});

test("an index has each item of a list", () => {
  assert.deepEqual(valuesAt("spec.gates"), ["a", "b"]);
  assert.deepEqual(valuesAt("spec.containers[*].image"), ["i", "j"]);
  assert.deepEqual(valuesAt("spec.containers[1].image"), ["j"]);
});

test("an object without the path, or with an object there, is in no index", () => {
  assert.deepEqual(valuesAt("spec.missing"), []);
  assert.deepEqual(valuesAt("spec.affinity"), []);
});
