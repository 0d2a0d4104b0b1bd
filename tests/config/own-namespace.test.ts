import assert from "node:assert/strict";
import { test } from "node:test";
import { ownNamespace } from "#config/own-namespace.ts";

const POD = { namespace: "informd", inPod: true };
const DESK = { namespace: "dev", inPod: false };
const nothingSaid = { environment: {}, namespace: undefined };

test("own namespace outside of a cluster is that of --namespace, else the context's", () => {
  assert.equal(ownNamespace({ ...nothingSaid, namespace: "prod" }, DESK), "prod");
  assert.equal(ownNamespace(nothingSaid, DESK), "dev");
});

test("own namespace of a pod is the pod's, whatever is watched", () => {
  assert.equal(ownNamespace(nothingSaid, POD), "informd");
  assert.equal(ownNamespace({ ...nothingSaid, namespace: "prod" }, POD), "informd");
});

test("own namespace is what POD_NAMESPACE says, unless it is empty", () => {
  const told = { environment: { POD_NAMESPACE: "told" }, namespace: "prod" };
  assert.equal(ownNamespace(told, POD), "told");
  assert.equal(ownNamespace(told, DESK), "told");
  assert.equal(ownNamespace({ environment: { POD_NAMESPACE: "" }, namespace: "prod" }, POD), "informd");
});

test("own namespace of a pod that is sent to another cluster is what it is outside", () => {
  const environment = { KUBERNETES_SERVICE_HOST: "10.0.0.1", KUBECONFIG: "/etc/kubeconfig" };
  assert.equal(ownNamespace({ environment, namespace: "prod" }, DESK), "prod");
});
