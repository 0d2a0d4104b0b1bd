import assert from "node:assert/strict";
import { test } from "node:test";
import { ownNamespace } from "#config/own-namespace.ts";

const POD = { KUBERNETES_SERVICE_HOST: "10.0.0.1" };
const nowhere = { environment: {}, kubeconfig: undefined, namespace: undefined };

test("own namespace outside of a cluster is that of --namespace, else the context's", () => {
  assert.equal(ownNamespace({ ...nowhere, namespace: "prod" }, "dev"), "prod");
  assert.equal(ownNamespace(nowhere, "dev"), "dev");
});

test("own namespace of a pod is the pod's, whatever is watched", () => {
  assert.equal(ownNamespace({ ...nowhere, environment: POD, namespace: "prod" }, "informd"), "informd");
  const told = { ...POD, POD_NAMESPACE: "told" };
  assert.equal(ownNamespace({ ...nowhere, environment: told, namespace: "prod" }, "informd"), "told");
});

test("own namespace of a pod that is sent to another cluster is what it is outside", () => {
  const sent = { ...nowhere, environment: POD, kubeconfig: "/etc/kubeconfig", namespace: "prod" };
  assert.equal(ownNamespace(sent, "dev"), "prod");
});
