import assert from "node:assert/strict";
import { test } from "node:test";

import { parseFieldPath, readField } from "#resources/field-path.ts";

const deployment = {
  metadata: { labels: { tier: "web", "app.kubernetes.io/name": "shop" }, annotations: { "it's": "quoted" } },
  spec: { replicas: 3, paused: null, template: { spec: { containers: [{ image: "a" }, { image: "b" }] } } },
};

function read(path: string): unknown {
  return readField(deployment, parseFieldPath(path));
}

test("field path reads keys with dots between them", () => {
  assert.equal(read("spec.replicas"), 3);
  assert.equal(read("metadata.labels.tier"), "web");
  assert.equal(read("spec.paused"), null);
  assert.deepEqual(read("metadata.annotations"), { "it's": "quoted" });
});

test("field path reads keys with dots of their own in brackets", () => {
  assert.equal(read("metadata.labels['app.kubernetes.io/name']"), "shop");
  assert.equal(read('metadata.labels["app.kubernetes.io/name"]'), "shop");
  assert.equal(read(`metadata.annotations["it's"]`), "quoted");
});

test("field path reads items of arrays", () => {
  assert.equal(read("spec.template.spec.containers[1].image"), "b");
  assert.equal(read("spec.template.spec.containers[2].image"), undefined);
});

test("field path that leads nowhere reads undefined", () => {
  for (const path of [
    "status",
    "status.phase",
    "spec.replicas.x",
    "spec.paused.x",
    "spec[0]",
    "metadata.labels.tier.length",
  ]) {
    assert.equal(read(path), undefined, path);
  }
});

test("field path reads only what the object has itself", () => {
  for (const path of ["constructor", "spec.__proto__", "spec.template.spec.containers.map", "metadata.toString"]) {
    assert.equal(read(path), undefined, path);
  }
});

test("text that is no field path is an error that says how to write one", () => {
  for (const path of ["", ".spec", "spec.", "spec..x", "spec[", "spec[x]", "spec['']", "a/b", "spec replicas", "[0]"]) {
    assert.throws(
      () => parseFieldPath(path),
      { code: "BAD_FIELD_PATH", message: /Write other keys as \['a\.b\/c'\], items as \[0\]/ },
      path,
    );
  }
});
