import assert from "node:assert/strict";
import { test } from "node:test";
import { KubeConfig } from "@kubernetes/client-node";
import { clusterConfigFrom } from "#kubernetes/cluster-config-from.ts";
import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";

function kubeConfigOf(user: object): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        { name: "one", cluster: { server: "https://one.test", "certificate-authority-data": btoa("PEM") } },
        { name: "two", cluster: { server: "https://two.test" } },
      ],
      users: [{ name: "me", user }],
      contexts: [
        { name: "one", context: { cluster: "one", user: "me", namespace: "web" } },
        { name: "two", context: { cluster: "two", user: "me" } },
      ],
      "current-context": "one",
    }),
  );
  return kubeConfig;
}

test("client-node's KubeConfig gives its cluster, its user and its namespace", () => {
  const { cluster, user, namespace } = clusterConfigFrom(kubeConfigOf({ token: "secret" }));
  assert.deepEqual(
    { server: cluster.server, ca: cluster.ca, token: user.token, namespace },
    { server: "https://one.test", ca: { type: "data", pem: "PEM" }, token: "secret", namespace: "web" },
  );
});

test("the context that a program has chosen in its KubeConfig counts", () => {
  const kubeConfig = kubeConfigOf({ token: "secret" });
  kubeConfig.setCurrentContext("two");
  assert.equal(clusterConfigFrom(kubeConfig).cluster.server, "https://two.test");
});

test("an exec plugin of a KubeConfig stays one", () => {
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "login", args: ["--quiet"] };
  const { user } = clusterConfigFrom(kubeConfigOf({ exec }));
  assert.deepEqual([user.exec?.command, user.exec?.args], ["login", ["--quiet"]]);
});

test("a pod's KubeConfig keeps naming the token's file, which is read again when it changes", () => {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ name: "inCluster", server: "https://10.0.0.1", caFile: "/ca.crt" }],
    users: [{ name: "inCluster", authProvider: { name: "tokenFile", config: { tokenFile: "/token" } } }],
    contexts: [{ name: "inCluster", cluster: "inCluster", user: "inCluster", namespace: "web" }],
    currentContext: "inCluster",
  });
  const { cluster, user } = clusterConfigFrom(kubeConfig);
  assert.deepEqual([cluster.ca, user.tokenFile], [{ type: "file", path: "/ca.crt" }, "/token"]);
});

test("a KubeConfig without a context is refused", () => {
  assert.throws(() => clusterConfigFrom(new KubeConfig()), ClusterConfigError);
});
