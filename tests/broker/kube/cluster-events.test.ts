import assert from "node:assert/strict";
import { test } from "node:test";
import { NODES } from "../../support/api-resources.ts";
import { broker, cacheOf } from "../../support/brokered-handler.ts";
import { call } from "../../support/kube-calls.ts";

const NODE = { apiVersion: "v1", kind: "Node", metadata: { name: "n1" } };
const NOTE = { type: "Normal", reason: "Seen", message: "seen" };
const ON_NODES = { cache: cacheOf([], NODES) };

function allowing(...kube: readonly string[]): object {
  return { namespaces: ["ops"], allow: { kube } };
}

test("a handler of cluster-scoped objects that may create Events may do so about its objects, though it is kept to a namespace", async () => {
  const handler = broker(allowing("create events"), ON_NODES);
  await call(handler, "event", NODE, NOTE);
  assert.equal(handler.objects.sent[0]?.["namespace"], "default");
});

test("a handler of cluster-scoped objects may do nothing else in the namespace of their Events", async () => {
  const handler = broker(allowing("create,patch events", "create pods"), ON_NODES);
  for (const [method, ...args] of [
    ["patch", "events", { name: "e", namespace: "default" }, {}],
    ["create", { apiVersion: "v1", kind: "Pod", metadata: { name: "p", namespace: "default" } }],
  ] as const) {
    await assert.rejects(call(handler, method, ...args), { name: "NotAllowedError", message: / in default" to allow/ });
  }
  assert.deepEqual(handler.objects.sent, []);
});

test("a handler of namespaced objects that is kept to a namespace may not create Events about the cluster's", async () => {
  await assert.rejects(call(broker(allowing("create events")), "event", NODE, NOTE), {
    name: "NotAllowedError",
    message: /Add "create events in default" to allow\.kube$/,
  });
});

test("an entry that names a namespace allows Events there alone, whatever they are about", async () => {
  await assert.rejects(call(broker(allowing("create events in ops"), ON_NODES), "event", NODE, NOTE), {
    name: "NotAllowedError",
  });
});
