import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { applyPatch, type ContentPatch } from "#devcluster/patch/apply-patch.ts";
import { builtInSchema } from "#devcluster/schema/built-in/built-in-schemas.ts";
import { statusOf } from "../../support/api-status.ts";

const CURRENT = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", finalizers: ["a/a"] }, data: { a: "1" } };
const schema = builtInSchema("core.v1.ConfigMap");

function patched(patch: ContentPatch, isCustom = false): unknown {
  return applyPatch(CURRENT, patch, schema, { isCustom });
}

suite("a patch is applied as its type says", () => {
  const finalizers = ["b/b"];

  test("JSON", () => {
    const operations = [{ op: "add", path: "/metadata/finalizers", value: finalizers }];
    assert.deepEqual(patched({ type: "json", operations }), { ...CURRENT, metadata: { name: "c", finalizers } });
  });

  test("merge: lists are replaced", () => {
    assert.deepEqual(patched({ type: "merge", patch: { metadata: { finalizers } } }), {
      ...CURRENT,
      metadata: { name: "c", finalizers },
    });
  });

  test("strategic: lists are merged", () => {
    assert.deepEqual(patched({ type: "strategic", patch: { metadata: { finalizers } } }), {
      ...CURRENT,
      metadata: { name: "c", finalizers: ["b/b", "a/a"] },
    });
  });

  test("custom resources have no strategic patch", () => {
    const { code, reason, message } = statusOf(() => patched({ type: "strategic", patch: {} }, true));
    assert.deepEqual(
      [code, reason, message],
      [
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
      ],
    );
  });
});
