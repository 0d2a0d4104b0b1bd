import assert from "node:assert/strict";
import { test } from "node:test";
import { createHandlerReference, runtimeInstance } from "#assembly/events/runtime-reference.ts";

const HANDLER = { apiVersion: "informd.io/v1", kind: "Handler", namespace: "ops" };

function regarded(handler: string, environment: Readonly<Record<string, string>>, inPod = true): object {
  return createHandlerReference({ inPod, ownNamespace: "ops", environment })(handler);
}

test("in a cluster Events regard the pod that the downward API names", () => {
  const environment = { POD_NAME: "informd-1", POD_UID: "u1", HOSTNAME: "other" };
  assert.deepEqual(regarded("pod-added", environment), {
    apiVersion: "v1",
    kind: "Pod",
    namespace: "ops",
    name: "informd-1",
    uid: "u1",
  });
});

test("a pod without the downward API is known by its host name", () => {
  const pod = { apiVersion: "v1", kind: "Pod", namespace: "ops", name: "informd-1", uid: undefined };
  assert.deepEqual(regarded("pod-added", { HOSTNAME: "informd-1", POD_NAME: "", POD_UID: "of nobody" }), pod);
});

test("outside of a cluster Events regard the handler", () => {
  assert.deepEqual(regarded("pod-added", { HOSTNAME: "laptop" }, false), { ...HANDLER, name: "pod-added" });
  assert.deepEqual(regarded("pod-added", {}), { ...HANDLER, name: "pod-added" });
});

for (const [handler, name] of [
  ["billing/Invoice_Paid#0", "billing.invoice-paid-0"],
  ["a/_b/..c", "a.b.c"],
  ["ü", "handler"],
  [`${"a".repeat(252)}/b`, "a".repeat(252)],
] as const) {
  test(`the handler ${handler.slice(0, 30)} is the object ${name.slice(0, 30)}`, () => {
    assert.deepEqual(regarded(handler, {}, false), { ...HANDLER, name });
  });
}

test("an Event says which pod or host has said it", () => {
  assert.equal(runtimeInstance({ environment: { POD_NAME: "informd-1", HOSTNAME: "x" } }), "informd-1");
  assert.equal(runtimeInstance({ environment: { HOSTNAME: "laptop" } }), "laptop");
  assert.equal(runtimeInstance({ environment: {} }), "informd");
});
