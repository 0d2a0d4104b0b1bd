import assert from "node:assert/strict";
import { test } from "node:test";
import { parseManifest } from "#kubernetes/manifest.ts";

test("a manifest is YAML of several documents, or JSON", () => {
  assert.deepEqual(parseManifest("a: 1\n---\n---\nb: [x]\n"), {
    type: "documents",
    documents: [{ a: 1 }, { b: ["x"] }],
  });
  assert.deepEqual(parseManifest('{"a": {"b": null}}'), { type: "documents", documents: [{ a: { b: null } }] });
  assert.deepEqual(parseManifest(""), { type: "documents", documents: [] });
});

test("times stay texts, as on the wire", () => {
  const text = "creationTimestamp: 2026-01-02T03:04:05Z";
  assert.deepEqual(parseManifest(text), {
    type: "documents",
    documents: [{ creationTimestamp: "2026-01-02T03:04:05Z" }],
  });
});

test("what is neither is told with its place", () => {
  const manifest = parseManifest("a: [b");
  assert.ok(manifest.type === "invalid");
  assert.match(manifest.reason, /\(\d+:\d+\)/);
});
