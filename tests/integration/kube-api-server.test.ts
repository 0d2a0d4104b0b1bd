import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../support/kube-api-server.ts";

describe("a kube-apiserver for tests", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: KubeApiServer;

  before(async () => {
    server = await startKubeApiServer({ flags: ["--min-request-timeout=5"] });
  });
  after(() => server.stop());

  test("kubectl creates and reads objects", async () => {
    await server.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "first" }, data: { a: "1" } });
    assert.equal(await server.kubectl("get", "configmap", "first", "-o", "jsonpath={.data.a}"), "1");
  });

  test("kubectl's complaint is the error's message", async () => {
    await assert.rejects(server.kubectl("get", "pod", "nobody"), /pods "nobody" not found/);
  });

  test("a new user may do nothing until a role is bound to it", async () => {
    const user = server.addUser();
    const list = ["get", "pods", "--kubeconfig", user.kubeconfigPath];
    await assert.rejects(server.kubectl(...list), /Forbidden.*user-0.*cannot list resource "pods"/);
    await server.kubectl("create", "clusterrole", "reads-pods", "--verb=get,list,watch", "--resource=pods");
    await server.kubectl(
      "create",
      "clusterrolebinding",
      "reads-pods",
      "--clusterrole=reads-pods",
      `--user=${user.name}`,
    );
    await server.kubectl(...list);
  });

  test("the API server comes back with its data after SIGKILL and after etcd was compacted", async () => {
    await server.kubectl("create", "configmap", "survivor");
    await server.compactEtcd();
    await server.restartApiServer();
    assert.match(await server.kubectl("get", "configmap", "survivor"), /survivor/);
  });

  test("stop leaves neither process nor folder", async () => {
    const other = await startKubeApiServer();
    await other.stop();
    assert.ok(!existsSync(other.folder));
    await assert.rejects(other.kubectl("get", "--raw", "/readyz"));
  });
});
