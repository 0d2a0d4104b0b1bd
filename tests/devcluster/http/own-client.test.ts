import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test } from "node:test";
import { writeKubeconfig } from "#devcluster/credentials/kubeconfig-file.ts";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { ApiServerRig } from "../../support/api-server-rig.ts";
import { RESOURCES } from "../../support/served-resources.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

function clusterOf({ server, credentials }: ApiServerRig): Cluster {
  assert.ok(credentials);
  const kubeconfig = join(temporaryFolder(), "kubeconfig");
  writeKubeconfig(kubeconfig, { server: server.url, credentials });
  return createCluster({ config: loadClusterConfig({ kubeconfig, environment: {} }) });
}

suite("this project's own client", () => {
  const [configMaps = assert.fail()] = RESOURCES;

  test("creates, lists and watches through the kubeconfig that was written", async () => {
    await using rig = await ApiServerRig.start();
    const cluster = clusterOf(rig);
    const stopped = new AbortController();
    const { signal } = stopped;
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };

    await cluster.objects.create({ resource: configMaps, namespace: "shop" }, object, signal);
    const names: string[] = [];
    const client = cluster.listWatch({ resource: configMaps, namespace: "shop" });
    const page = await client.list({}, ({ name }) => names.push(name), signal);
    const watched: string[] = [];
    const end = await client.watch(
      { resourceVersion: "7", timeoutSeconds: 5 },
      {
        opened() {},
        event(type, { name }) {
          watched.push(`${type} ${name}`);
          for (const sink of rig.operations.sinks) sink.end();
        },
        bookmark() {},
        unknown() {},
      },
      signal,
    );

    assert.deepEqual(page, { type: "page", resourceVersion: "7", continue: undefined });
    assert.deepEqual(names, ["a"]);
    assert.deepEqual(watched, ["ADDED a"]);
    assert.deepEqual(end, { type: "closed" });
    await cluster.close();
  });

  test("hears that its token is not the server's", async () => {
    await using rig = await ApiServerRig.start();
    await using other = await ApiServerRig.start();
    assert.ok(rig.credentials && other.credentials);
    const kubeconfig = join(temporaryFolder(), "kubeconfig");
    const credentials = { ca: rig.credentials.ca, token: other.credentials.token };
    writeKubeconfig(kubeconfig, { server: rig.server.url, credentials });
    const cluster = createCluster({ config: loadClusterConfig({ kubeconfig, environment: {} }) });

    const client = cluster.listWatch({ resource: configMaps, namespace: "shop" });
    const page = await client.list({}, () => {}, new AbortController().signal);

    assert.ok(page.type === "status");
    assert.equal(page.code, 401);
    await cluster.close();
  });
});
