import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { createCluster, type Cluster } from "#kubernetes/cluster.ts";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import type { ListPage, ListQuery } from "#kubernetes/list-watch.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { skipWithoutApiServer, startKubeApiServer, type KubeApiServer } from "../support/kube-api-server.ts";
import { recorded, RecordingSink, type RecordedObject } from "../support/recorded-wire.ts";

describe("the wire to a real API server", { skip: skipWithoutApiServer, timeout: 240_000 }, () => {
  let server: KubeApiServer;
  let cluster: Cluster;
  let configMaps: ApiResource;
  const stopped = new AbortController();
  const { signal } = stopped;

  before(async () => {
    server = await startKubeApiServer();
    cluster = connect();
    configMaps = await resource("configmaps");
  });
  after(async () => {
    stopped.abort();
    await cluster.close();
    await server.stop();
  });

  const connect = (kubeconfig = server.kubeconfigPath): Cluster =>
    createCluster({ config: loadClusterConfig({ kubeconfig, environment: {} }), environment: process.env });

  const resource = async (name: string): Promise<ApiResource> => {
    const resolution = await cluster.catalog.resolve(name, signal);
    assert.equal(resolution.type, "found");
    return resolution.resource;
  };

  const listPage = async (namespace: string, query: ListQuery, names: string[]): Promise<ListPage> => {
    const scope = { resource: configMaps, namespace };
    const page = await cluster.listWatch(scope).list(query, (object) => names.push(object.name), signal);
    assert.equal(page.type, "page");
    return page;
  };

  const createNamespace = async (name: string): Promise<string> => {
    await server.kubectl("create", "namespace", name);
    return name;
  };

  const createConfigMaps = async (namespace: string, names: readonly string[]): Promise<void> => {
    const target = { resource: configMaps, namespace };
    const objects = names.map((name) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } }));
    await Promise.all(objects.map((object) => cluster.objects.create(target, object, signal)));
  };

  test("lists 1,200 objects in pages of 500", async () => {
    const namespace = await createNamespace("pages");
    const all = Array.from({ length: 1200 }, (_, i) => `item-${String(i).padStart(4, "0")}`);
    for (let i = 0; i < all.length; i += 50) await createConfigMaps(namespace, all.slice(i, i + 50));
    const names: string[] = [];
    const sizes: number[] = [];
    let next: string | undefined;
    do {
      const before = names.length;
      const page = await listPage(namespace, { limit: 500, continue: next }, names);
      sizes.push(names.length - before);
      next = page.continue;
    } while (next !== undefined);
    assert.deepEqual(sizes, [500, 500, 200]);
    assert.deepEqual(names, all);
  });

  test("watches what happens after a list, with whole objects", async () => {
    const namespace = await createNamespace("watched");
    const { resourceVersion } = await listPage(namespace, {}, []);
    const sink = new RecordingSink();
    const done = new AbortController();
    const scope = { resource: configMaps, namespace };
    const watch = cluster.listWatch(scope).watch({ resourceVersion, timeoutSeconds: 60 }, sink, done.signal);
    await server.kubectl("create", "configmap", "one", "--from-literal=text=ä\u2028€", "-n", namespace);
    await server.kubectl("label", "configmap", "one", "a=b", "-n", namespace);
    await server.kubectl("delete", "configmap", "one", "-n", namespace);
    await sink.until((lines) => lines.length === 3);
    assert.deepEqual(sink.lines, ["ADDED one", "MODIFIED one", "DELETED one"]);
    assert.deepEqual(sink.objects[0]?.["data"], { text: "ä\u2028€" });
    done.abort(new Error("enough"));
    await assert.rejects(watch, /enough/);
  });

  test("a watch-list tells what is there, marks its end, and goes on live", async () => {
    const namespace = await createNamespace("watch-list");
    await createConfigMaps(namespace, ["one", "two"]);
    const sink = new RecordingSink();
    const done = new AbortController();
    const query = { resourceVersion: "", timeoutSeconds: 60, sendInitialEvents: true };
    const watch = cluster.listWatch({ resource: configMaps, namespace }).watch(query, sink, done.signal);
    await sink.until((lines) => lines.length === 3);
    await createConfigMaps(namespace, ["three"]);
    await sink.until((lines) => lines.length === 4);
    assert.deepEqual(sink.lines, ["ADDED one", "ADDED two", "BOOKMARK initial events end", "ADDED three"]);
    done.abort(new Error("enough"));
    await assert.rejects(watch, /enough/);
  });

  test("objects of a megabyte arrive whole from list and watch", async () => {
    const namespace = await createNamespace("large");
    const object = { metadata: { name: "large" }, data: { text: "ä".repeat(500_000) } };
    const { resourceVersion } = await listPage(namespace, {}, []);
    await cluster.objects.create({ resource: configMaps, namespace }, object, signal);
    const client = cluster.listWatch({ resource: configMaps, namespace });
    const listed: RecordedObject[] = [];
    await client.list({}, (item) => listed.push(recorded(item)), signal);
    const sink = new RecordingSink();
    const end = client.watch({ resourceVersion, timeoutSeconds: 1 }, sink, signal);
    await sink.until((lines) => lines.length === 1);
    assert.deepEqual(listed[0]?.["data"], object.data);
    assert.deepEqual(sink.objects, listed);
    assert.deepEqual(await end, { type: "closed" });
  });

  test("a label selector and a field selector narrow a list at the server", async () => {
    const namespace = await createNamespace("selectors");
    await createConfigMaps(namespace, ["one", "two"]);
    await server.kubectl("label", "configmap", "two", "tier=back", "-n", namespace);
    const namesOf = async (selectors: object): Promise<string[]> => {
      const names: string[] = [];
      const client = cluster.listWatch({ resource: configMaps, namespace, ...selectors });
      await client.list({}, (object) => names.push(object.name), signal);
      return names;
    };
    assert.deepEqual(await namesOf({ labelSelector: "tier in (back)" }), ["two"]);
    assert.deepEqual(await namesOf({ fieldSelector: "metadata.name=one" }), ["one"]);
  });

  test("objects are created, read, patched in four ways, and deleted", async () => {
    const namespace = await createNamespace("objects");
    const { objects } = cluster;
    const target = { resource: configMaps, namespace, name: "one" };
    await createConfigMaps(namespace, ["one"]);
    const patches = [
      [{ data: { a: "merge" } }, "merge"],
      [[{ op: "add", path: "/data/b", value: "json" }], "json"],
      [{ data: { c: "strategic" } }, "strategic"],
      [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "one" }, data: { d: "apply" } }, "apply"],
    ] as const;
    for (const [patch, type] of patches)
      assert.equal((await objects.patch(target, patch, type, signal)).type, "object");
    const answer = await objects.get(target, signal);
    assert.ok(answer.type === "object");
    assert.deepEqual((answer.object as RecordedObject)["data"], { a: "merge", b: "json", c: "strategic", d: "apply" });
    assert.equal((await objects.delete(target, signal)).type, "object");
    const gone = await objects.get(target, signal);
    assert.ok(gone.type === "status");
    assert.deepEqual([gone.code, gone.reason], [404, "NotFound"]);
  });

  test("a status is patched through its subresource", async () => {
    const namespace = await createNamespace("subresource");
    const spec = { containers: [{ name: "c", image: "i" }] };
    const pods = { resource: await resource("po"), namespace };
    await cluster.objects.create(pods, { metadata: { name: "p" }, spec }, signal);
    const target = { ...pods, name: "p", subresource: "status" };
    const answer = await cluster.objects.patch(target, { status: { phase: "Running" } }, "merge", signal);
    assert.ok(answer.type === "object");
    assert.deepEqual((answer.object as { status: { phase: string } }).status.phase, "Running");
  });

  test("the server's names resolve, and a CRD's names as soon as it is there", async () => {
    for (const name of ["deploy", "Deployment", "deployments.apps", "deployments.v1.apps"]) {
      assert.equal((await resource(name)).plural, "deployments");
    }
    const names = { plural: "lanterns", singular: "lantern", kind: "Lantern", shortNames: ["lan"] };
    const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
    const crd = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "lanterns.example.com" },
      spec: {
        group: "example.com",
        scope: "Namespaced",
        names,
        versions: [{ name: "v1", served: true, storage: true, schema }],
      },
    };
    assert.deepEqual(await cluster.catalog.resolve("lanterns", signal), { type: "unknown", nearest: [] });
    await server.apply(crd);
    await server.kubectl("wait", "--for=condition=Established", "crd/lanterns.example.com");
    const fresh = connect();
    for (const name of ["lanterns", "lan", "Lantern", "lanterns.example.com", "lanterns.v1.example.com"]) {
      await until(async () => (await fresh.catalog.resolve(name, signal)).type === "found");
    }
    await fresh.close();
  });

  test("a user without rights is told what is forbidden", async () => {
    const user = server.addUser();
    const stranger = connect(user.kubeconfigPath);
    const answer = await stranger.listWatch({ resource: configMaps, namespace: "" }).list({}, () => {}, signal);
    const sentence = describeFailure(answer as RequestFailure, { server: stranger.server, action: "list configmaps" });
    assert.match(
      sentence,
      /^Cannot list configmaps: configmaps is forbidden: User "user-\d+" cannot list .* \(403\)\. Bind a role/,
    );
    await stranger.close();
  });

  test("an exec plugin's token is accepted, and one that the server refuses is asked for again", async () => {
    const env = [
      { name: "RUNS", value: join(server.folder, "plugin-runs") },
      { name: "ANSWER", value: JSON.stringify(execCredential("admin-token")) },
    ];
    const args = [join(import.meta.dirname, "..", "fixtures", "exec-plugin.cjs")];
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args,
      env,
      interactiveMode: "Never",
    };
    const plugged = connect(server.createKubeconfig("plugged", { exec }));
    const scope = { resource: configMaps, namespace: "default" };
    assert.equal((await plugged.objects.list(scope, signal)).type, "object");
    await plugged.close();

    env[1] = { name: "ANSWER", value: JSON.stringify(execCredential("wrong-token-RUN")) };
    const refused = connect(server.createKubeconfig("refused", { exec }));
    const answer = await refused.objects.list(scope, signal);
    assert.ok(answer.type === "status");
    assert.equal(answer.code, 401);
    assert.equal(readFileSync(join(server.folder, "plugin-runs"), "utf8").trim().split("\n").length, 3);
    await refused.close();
  });

  test("a token that the server refuses is replaced by what the token file holds by then", async () => {
    const tokenFile = join(server.folder, "rotated-token");
    writeFileSync(tokenFile, "expired-token\n");
    const rotating = connect(server.createKubeconfig("rotating", { tokenFile }));
    const list = async (): Promise<string | number> => {
      const answer = await rotating.objects.list({ resource: configMaps, namespace: "default" }, signal);
      return answer.type === "status" ? answer.code : answer.type;
    };
    assert.equal(await list(), 401);
    writeFileSync(tokenFile, `${server.token}\n`);
    await until(async () => (await list()) === "object");
    await rotating.close();
  });

  test("a resource version from before a compaction is answered with 410", async () => {
    const namespace = await createNamespace("compacted");
    const { resourceVersion } = await listPage(namespace, {}, []);
    await createConfigMaps(namespace, ["one", "two"]);
    await server.compactEtcd();
    await server.restartApiServer();
    const client = cluster.listWatch({ resource: configMaps, namespace });
    const sink = new RecordingSink();
    const end = await client.watch({ resourceVersion, timeoutSeconds: 10 }, sink, signal);
    assert.ok(end.type === "failed" && end.failure.type === "status", JSON.stringify(end));
    assert.deepEqual([end.failure.code, end.failure.reason, sink.lines], [410, "Expired", []]);
  });
});

function execCredential(token: string): object {
  return { apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token } };
}

/** Tries again until it holds; the suite's timeout ends it otherwise. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(200);
}
