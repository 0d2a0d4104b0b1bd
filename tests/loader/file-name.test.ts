import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileName } from "#loader/file-name.ts";

test("file name says the resource and the event", () => {
  assert.deepEqual(readFileName("pod-added.ts"), { resource: "pod", events: ["added"] });
  assert.deepEqual(readFileName("billing/deployment-deleted.mjs"), { resource: "deployment", events: ["deleted"] });
  assert.deepEqual(readFileName("configmap-updated.js"), { resource: "configmap", events: ["updated"] });
});

test("file name that ends in changed means every event", () => {
  assert.deepEqual(readFileName("pod-changed.ts")?.events, ["added", "updated", "deleted"]);
});

test("file name takes a group after dots, dashes included", () => {
  assert.equal(readFileName("certificate.cert-manager.io-added.ts")?.resource, "certificate.cert-manager.io");
});

test("file name of another form says nothing", () => {
  for (const name of ["replicas.ts", "pod-removed.ts", "-added.ts", "added.ts"]) {
    assert.equal(readFileName(name), undefined, name);
  }
});
