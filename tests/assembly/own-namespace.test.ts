import assert from "node:assert/strict";
import { test } from "node:test";
import { ownNamespace } from "#assembly/own-namespace.ts";

const ON_A_DESK = { namespace: "context-space" };
const IN_A_POD = { namespace: "pod-space", inPod: true };

test("in a cluster the runtime's own namespace is its pod's, whatever it watches", () => {
  assert.equal(ownNamespace({ cluster: IN_A_POD, namespace: undefined, environment: {} }), "pod-space");
  assert.equal(ownNamespace({ cluster: IN_A_POD, namespace: "watched", environment: {} }), "pod-space");
});

test("POD_NAMESPACE wins over everything, unless it is empty", () => {
  const told = { environment: { POD_NAMESPACE: "told-space" } };
  assert.equal(ownNamespace({ cluster: IN_A_POD, namespace: undefined, ...told }), "told-space");
  assert.equal(ownNamespace({ cluster: ON_A_DESK, namespace: "watched", ...told }), "told-space");
  const empty = { environment: { POD_NAMESPACE: "" } };
  assert.equal(ownNamespace({ cluster: IN_A_POD, namespace: "watched", ...empty }), "pod-space");
});

test("outside of a cluster the runtime's own namespace is -n, else the context's", () => {
  assert.equal(ownNamespace({ cluster: ON_A_DESK, namespace: "watched", environment: {} }), "watched");
  assert.equal(ownNamespace({ cluster: ON_A_DESK, namespace: undefined, environment: {} }), "context-space");
});
