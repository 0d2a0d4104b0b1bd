import assert from "node:assert/strict";
import { test } from "node:test";

import { createProjection } from "#broker/caches/projection.ts";

const POD = {
  kind: "Pod",
  metadata: { name: "web", annotations: { "example.com/owner": "me", other: "x" } },
  spec: {
    nodeName: "n1",
    containers: [
      { name: "a", image: "i:1" },
      { name: "b", image: "i:2" },
    ],
  },
};

const KEPT: readonly (readonly [string, readonly string[], unknown])[] = [
  ["one field", ["spec.nodeName"], { spec: { nodeName: "n1" } }],
  ["fields of several branches", ["kind", "metadata.name"], { kind: "Pod", metadata: { name: "web" } }],
  ["a whole branch", ["metadata"], { metadata: POD.metadata }],
  ["a whole branch, whatever is named in it", ["spec.nodeName", "spec", "spec.containers"], { spec: POD.spec }],
  [
    "a field of each item of a list",
    ["spec.containers.image"],
    { spec: { containers: [{ image: "i:1" }, { image: "i:2" }] } },
  ],
  [
    "a key with dots in it",
    ["metadata.annotations['example.com/owner']"],
    { metadata: { annotations: { "example.com/owner": "me" } } },
  ],
  ["nothing for a field that is not there", ["status.phase"], {}],
  ["what stands where a branch was expected", ["kind.of"], { kind: "Pod" }],
];

for (const [what, fields, expected] of KEPT) {
  test(`a projection keeps ${what}`, () => assert.deepEqual(createProjection(fields)(POD), expected));
}

test("a projection has no index of a list", () => {
  assert.throws(() => createProjection(["spec.containers[0].image"]), {
    code: "BAD_CALL",
    message: `Cannot use field "spec.containers[0].image": the items of a list are kept together; leave [0] out`,
  });
});

test("a projection refuses a path that is none", () => {
  assert.throws(() => createProjection(["spec..a"]), { code: "BAD_FIELD_PATH" });
});
