import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { patchFrom, patchTypeOf, type PatchType } from "#devcluster/http/request/body/patch-body.ts";
import { failureOf } from "../../../../support/status-failure.ts";

suite("patchTypeOf", () => {
  test("knows the four patches", () => {
    assert.equal(patchTypeOf("application/json-patch+json", false), "json");
    assert.equal(patchTypeOf("application/merge-patch+json; charset=utf-8", false), "merge");
    assert.equal(patchTypeOf("application/strategic-merge-patch+json", false), "strategic");
    assert.equal(patchTypeOf("application/apply-patch+yaml", false), "apply");
  });

  test("refuses others with 415", () => {
    for (const type of ["", "application/json", "application/yaml", "application/apply-patch+cbor"]) {
      assert.equal(
        failureOf(() => patchTypeOf(type, false)),
        "415 415: Unsupported Media Type",
      );
    }
  });

  test("refuses strategic patches of custom resources, and says which it takes", () => {
    const message =
      "415 the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml";
    for (const type of ["application/strategic-merge-patch+json", "application/json", "application/apply-patch+cbor"]) {
      assert.equal(
        failureOf(() => patchTypeOf(type, true)),
        message,
      );
    }
    assert.equal(patchTypeOf("application/merge-patch+json", true), "merge");
  });
});

suite("patchFrom", () => {
  const read = (type: PatchType, text: string) => patchFrom(type, Buffer.from(text));

  test("reads each kind of patch", () => {
    assert.deepEqual(read("json", '[{"op":"remove","path":"/a"}]'), {
      type: "json",
      operations: [{ op: "remove", path: "/a" }],
    });
    assert.deepEqual(read("merge", '{"a":null}'), { type: "merge", patch: { a: null } });
    assert.deepEqual(read("strategic", '{"a":1}'), { type: "strategic", patch: { a: 1 } });
    assert.deepEqual(read("apply", '{"a":1}'), { type: "apply", configuration: { a: 1 } });
    assert.deepEqual(read("apply", "a: 1"), { type: "apply", configuration: { a: 1 } });
  });

  test("takes nothing for a patch that changes nothing, but not as a merge patch", () => {
    assert.deepEqual(read("json", "null"), { type: "json", operations: [] });
    assert.deepEqual(read("strategic", "null"), { type: "strategic", patch: {} });
    assert.deepEqual(read("apply", ""), { type: "apply", configuration: {} });
    assert.equal(
      failureOf(() => read("merge", "null")),
      "400 Invalid JSON Patch",
    );
  });

  test("refuses what is no JSON", () => {
    for (const type of ["json", "merge", "strategic"] as const) {
      assert.equal(
        failureOf(() => read(type, "{")),
        "400 invalid JSON patch",
      );
      assert.equal(
        failureOf(() => read(type, "")),
        "400 invalid JSON patch",
      );
    }
  });

  test("refuses JSON of another form in Go's words", () => {
    const map = "Go value of type map[string]interface {}";
    assert.equal(
      failureOf(() => read("json", "{}")),
      "400 error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
    );
    assert.equal(
      failureOf(() => read("json", "[1]")),
      "400 error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp",
    );
    assert.equal(
      failureOf(() => read("merge", "[]")),
      `400 error decoding patch: json: cannot unmarshal array into ${map}`,
    );
    assert.equal(
      failureOf(() => read("strategic", '"x"')),
      `400 json: cannot unmarshal string into ${map}`,
    );
    assert.equal(
      failureOf(() => read("apply", "[]")),
      `400 error decoding patch: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into ${map}`,
    );
  });

  test("refuses what is no YAML", () => {
    assert.match(
      failureOf(() => read("apply", "a: [")),
      /^400 error decoding patch: error converting YAML to JSON: yaml: line 1: /,
    );
  });
});
