import assert from "node:assert/strict";
import { test } from "node:test";
import { createCluster } from "#kubernetes/cluster.ts";
import type { ObjectAnswer, ObjectClient } from "#kubernetes/object-client.ts";
import { apiResource, clusterConfig, podResource } from "../support/cluster-builders.ts";
import { json, ScriptedServer, status, type Answer, type ReceivedRequest } from "../support/scripted-server.ts";

const roles = apiResource("clusterroles", "ClusterRole", { group: "rbac.authorization.k8s.io", namespaced: false });
const pod = { resource: podResource, namespace: "web", name: "a" };
const { signal } = new AbortController();

/** Makes one call and gives its answer with the request that the server saw. */
async function call(
  run: (objects: ObjectClient) => Promise<ObjectAnswer>,
  answer: Answer = json({ kind: "Pod" }),
  dryRun = false,
): Promise<{ answer: ObjectAnswer; request: ReceivedRequest }> {
  await using server = await ScriptedServer.start([answer]);
  const cluster = createCluster({ config: clusterConfig(`http://127.0.0.1:${server.port}`), dryRun });
  const answered = await run(cluster.objects);
  await cluster.close();
  return { answer: answered, request: server.requests[0] ?? assert.fail("no request") };
}

const lineOf = ({ method, url }: ReceivedRequest): string => `${method} ${url}`;

test("get reads one object as parsed JSON", async () => {
  const { answer, request } = await call((objects) => objects.get(pod, signal));
  assert.deepEqual(answer, { type: "object", object: { kind: "Pod" }, bytes: 14 });
  assert.equal(lineOf(request), "GET /api/v1/namespaces/web/pods/a");
});

test("a name may have characters that URLs do not", async () => {
  const target = { resource: roles, namespace: "", name: "system:node/x?" };
  const { request } = await call((objects) => objects.get(target, signal));
  assert.equal(request.url, "/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode%2Fx%3F");
});

test("list narrows by label and number", async () => {
  const scope = { resource: podResource, namespace: "", labelSelector: "a=b", limit: 3 };
  const { request } = await call((objects) => objects.list(scope, signal));
  assert.equal(lineOf(request), "GET /api/v1/pods?labelSelector=a%3Db&limit=3");
});

test("create sends the object in the name of informd", async () => {
  const { request } = await call((objects) =>
    objects.create({ resource: podResource, namespace: "web" }, { a: "ä" }, signal),
  );
  assert.equal(lineOf(request), "POST /api/v1/namespaces/web/pods?fieldManager=informd");
  assert.equal(request.headers["content-type"], "application/json");
  assert.deepEqual(JSON.parse(request.body), { a: "ä" });
});

for (const [type, contentType, query] of [
  ["merge", "application/merge-patch+json", "fieldManager=informd"],
  ["json", "application/json-patch+json", "fieldManager=informd"],
  ["strategic", "application/strategic-merge-patch+json", "fieldManager=informd"],
  ["apply", "application/apply-patch+yaml", "fieldManager=informd&force=true"],
] as const) {
  test(`a patch of type ${type} is sent as ${contentType}`, async () => {
    const target = { ...pod, subresource: "status" };
    const { request } = await call((objects) => objects.patch(target, {}, type, signal));
    assert.equal(lineOf(request), `PATCH /api/v1/namespaces/web/pods/a/status?${query}`);
    assert.equal(request.headers["content-type"], contentType);
  });
}

test("delete names the object", async () => {
  const { request } = await call((objects) => objects.delete(pod, signal));
  assert.equal(lineOf(request), "DELETE /api/v1/namespaces/web/pods/a");
});

test("evict posts an Eviction of the pod", async () => {
  const { request } = await call((objects) => objects.evict(pod, signal));
  assert.equal(lineOf(request), "POST /api/v1/namespaces/web/pods/a/eviction");
  const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "a", namespace: "web" } };
  assert.deepEqual(JSON.parse(request.body), eviction);
});

test("a client of another field manager writes in its name", async () => {
  const { request } = await call((objects) => objects.withFieldManager("informd:a#b").patch(pod, {}, "apply", signal));
  assert.equal(request.url, "/api/v1/namespaces/web/pods/a?fieldManager=informd%3Aa%23b&force=true");
});

test("an object that is not there is a failure with the server's reason", async () => {
  const { answer } = await call((objects) => objects.get(pod, signal), status(404, "NotFound"));
  assert.ok(answer.type === "status");
  assert.equal(answer.reason, "NotFound");
});

test("an answer that is no JSON is malformed", async () => {
  const { answer } = await call(
    (objects) => objects.get(pod, signal),
    (response) => response.end("<html>"),
  );
  assert.deepEqual(answer, { type: "malformed", message: "it is no JSON" });
});

for (const [verb, run, path] of [
  [
    "create",
    (objects) => objects.create({ resource: podResource, namespace: "web" }, {}, signal),
    "?fieldManager=informd&dryRun=All",
  ],
  ["patch", (objects) => objects.patch(pod, {}, "merge", signal), "/a?fieldManager=informd&dryRun=All"],
  ["delete", (objects) => objects.delete(pod, signal), "/a?dryRun=All"],
  ["evict", (objects) => objects.evict(pod, signal), "/a/eviction?dryRun=All"],
  ["get", (objects) => objects.get(pod, signal), "/a"],
] as const satisfies readonly (readonly [string, (objects: ObjectClient) => Promise<ObjectAnswer>, string])[]) {
  test(`in a dry run ${verb} asks the server to keep nothing, if it would`, async () => {
    const { request } = await call(run, json({ kind: "Pod" }), true);
    assert.equal(request.url, `/api/v1/namespaces/web/pods${path}`);
  });
}
