import assert from "node:assert/strict";
import { test } from "node:test";
import { createCluster } from "#kubernetes/cluster.ts";
import type { ListQuery, ListWatchClient, WatchEnd, WatchQuery } from "#kubernetes/list-watch.ts";
import { apiResource, clusterConfig, podResource } from "../support/cluster-builders.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { RecordingSink } from "../support/recorded-wire.ts";
import { cutOff, hangUp, json, ScriptedServer, status, type Answer } from "../support/scripted-server.ts";

interface Bench extends AsyncDisposable {
  readonly server: ScriptedServer;
  readonly client: ListWatchClient;
  readonly clock: FakeClock;
}

async function start(
  answers: readonly Answer[],
  scope: Partial<Parameters<ReturnType<typeof createCluster>["listWatch"]>[0]> = {},
): Promise<Bench> {
  const server = await ScriptedServer.start(answers);
  const clock = new FakeClock();
  const cluster = createCluster({ config: clusterConfig(`http://127.0.0.1:${server.port}`), clock });
  return {
    server,
    clock,
    client: cluster.listWatch({ resource: podResource, namespace: "", ...scope }),
    async [Symbol.asyncDispose]() {
      await cluster.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

const neverAborted = (): AbortSignal => new AbortController().signal;
const pod = (name: string): object => ({ kind: "Pod", apiVersion: "v1", metadata: { name, resourceVersion: "5" } });
const event = (type: string, name: string): string => `${JSON.stringify({ type, object: pod(name) })}\n`;
const emptyList = json({ kind: "PodList", apiVersion: "v1", metadata: { resourceVersion: "7" }, items: [] });

/** A watch that says `text` and ends. */
const watchOf =
  (text: string): Answer =>
  (response) =>
    response.writeHead(200).end(text);

async function urlOfList(query: ListQuery, scope: Parameters<typeof start>[1] = {}): Promise<string> {
  await using bench = await start([emptyList], scope);
  await bench.client.list(query, () => {}, neverAborted());
  return bench.server.requests[0]?.url ?? "";
}

async function urlOfWatch(query: WatchQuery): Promise<string> {
  await using bench = await start([watchOf("")]);
  await bench.client.watch(query, new RecordingSink(), neverAborted());
  return bench.server.requests[0]?.url ?? "";
}

test("a list asks for what its query says and for nothing else", async () => {
  assert.equal(await urlOfList({}), "/api/v1/pods");
  assert.equal(await urlOfList({ resourceVersion: "0", limit: 500 }), "/api/v1/pods?resourceVersion=0&limit=500");
});

test("a further page is asked for without a resource version", async () => {
  const url = await urlOfList({ resourceVersion: "7", limit: 500, continue: "abc" });
  assert.equal(url, "/api/v1/pods?limit=500&continue=abc");
});

test("a scope names group, namespace and selectors", async () => {
  const resource = apiResource("deployments", "Deployment", { group: "apps" });
  const scope = { resource, namespace: "web", labelSelector: "app in (a,b)", fieldSelector: "metadata.name=x" };
  const url = await urlOfList({}, scope);
  const { pathname, searchParams } = new URL(url, "http://any");
  assert.equal(pathname, "/apis/apps/v1/namespaces/web/deployments");
  assert.deepEqual(Object.fromEntries(searchParams), {
    labelSelector: "app in (a,b)",
    fieldSelector: "metadata.name=x",
  });
});

test("a scope of metadata asks for it, and takes whole objects from a server that has none", async () => {
  await using bench = await start([emptyList], { onlyMetadata: true });
  await bench.client.list({}, () => {}, neverAborted());
  assert.equal(
    bench.server.requests[0]?.headers.accept,
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json",
  );
});

test("a watch asks for bookmarks and names its timeout", async () => {
  const url = await urlOfWatch({ resourceVersion: "7", timeoutSeconds: 300 });
  assert.equal(url, "/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion=7&timeoutSeconds=300");
});

test("a watch-list asks for the initial events, not older than the resource version", async () => {
  const url = await urlOfWatch({ resourceVersion: "", timeoutSeconds: 300, sendInitialEvents: true });
  assert.deepEqual(Object.fromEntries(new URL(url, "http://any").searchParams), {
    watch: "true",
    allowWatchBookmarks: "true",
    timeoutSeconds: "300",
    sendInitialEvents: "true",
    resourceVersionMatch: "NotOlderThan",
  });
});

test("a list whose connection breaks within the body is a failure, not a short list", async () => {
  const list =
    '{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a"}}';
  await using bench = await start([cutOff(list)]);
  const names: string[] = [];
  const answer = await bench.client.list({}, (object) => names.push(object.name), neverAborted());
  assert.equal(answer.type, "unreachable");
  assert.deepEqual(names, ["a"]);
});

test("a list that ends too early is malformed", async () => {
  await using bench = await start([watchOf('{"kind":"PodList","items":[]')]);
  assert.equal((await bench.client.list({}, () => {}, neverAborted())).type, "malformed");
});

test("a list of Table rows is malformed", async () => {
  await using bench = await start([json({ kind: "Table", apiVersion: "meta.k8s.io/v1", metadata: {}, rows: [] })]);
  const answer = await bench.client.list({}, () => {}, neverAborted());
  assert.deepEqual(answer, { type: "malformed", message: 'the answer is of kind "Table", not a list' });
});

test("what an item's receiver throws is not taken for a failure of the server", async () => {
  await using bench = await start([json({ kind: "PodList", metadata: {}, items: [pod("a")] })]);
  const broken = (): void => {
    throw new Error("no space");
  };
  await assert.rejects(bench.client.list({}, broken, neverAborted()), /no space/);
});

test("a watch that the server ends is closed, whatever it told before", async () => {
  await using bench = await start([watchOf(event("ADDED", "a"))]);
  const sink = new RecordingSink();
  assert.deepEqual(await bench.client.watch({ resourceVersion: "1", timeoutSeconds: 9 }, sink, neverAborted()), {
    type: "closed",
  });
  assert.deepEqual(sink.lines, ["ADDED a"]);
});

test("a watch whose connection breaks within a frame is closed after the last whole one", async () => {
  await using bench = await start([cutOff(event("ADDED", "a") + event("ADDED", "b").slice(0, 30))]);
  const sink = new RecordingSink();
  assert.deepEqual(await bench.client.watch({ resourceVersion: "1", timeoutSeconds: 9 }, sink, neverAborted()), {
    type: "closed",
  });
  assert.deepEqual(sink.lines, ["ADDED a"]);
});

test("a frame is told in the tick in which it arrives, while the watch stays open", async () => {
  await using bench = await start([(response) => void response.writeHead(200).write(event("ADDED", "a"))]);
  const sink = new RecordingSink();
  const stop = new AbortController();
  const end = bench.client.watch({ resourceVersion: "1", timeoutSeconds: 9 }, sink, stop.signal);
  await sink.until((lines) => lines.length === 1);
  stop.abort(new Error("stopped"));
  await assert.rejects(end, /stopped/);
});

test("a watch says that it was opened before it tells anything", async () => {
  await using bench = await start([watchOf("")]);
  const sink = new RecordingSink();
  await bench.client.watch({ resourceVersion: "1", timeoutSeconds: 9 }, sink, neverAborted());
  assert.ok(sink.isOpened);
});

test("an ERROR event ends an opened watch with its Status", async () => {
  const gone = { kind: "Status", code: 410, reason: "Expired", message: "too old" };
  await using bench = await start([watchOf(`${JSON.stringify({ type: "ERROR", object: gone })}\n`)]);
  const end = await bench.client.watch(
    { resourceVersion: "1", timeoutSeconds: 9 },
    new RecordingSink(),
    neverAborted(),
  );
  assert.deepEqual(end, {
    type: "failed",
    opened: true,
    failure: {
      type: "status",
      code: 410,
      reason: "Expired",
      message: "too old",
      causes: [],
      retryAfterSeconds: undefined,
    },
  } satisfies WatchEnd);
});

test("an unreadable frame ends an opened watch as malformed", async () => {
  await using bench = await start([watchOf("<html>\n")]);
  const end = await bench.client.watch(
    { resourceVersion: "1", timeoutSeconds: 9 },
    new RecordingSink(),
    neverAborted(),
  );
  assert.ok(end.type === "failed" && end.opened);
  assert.equal(end.failure.type, "malformed");
});

test("a watch that the server refuses was never opened", async () => {
  await using bench = await start([status(403, "Forbidden")]);
  const end = await bench.client.watch(
    { resourceVersion: "1", timeoutSeconds: 9 },
    new RecordingSink(),
    neverAborted(),
  );
  assert.ok(end.type === "failed" && !end.opened && end.failure.type === "status");
  assert.equal(end.failure.code, 403);
});

test("a watch whose connection breaks at every try was never opened", async () => {
  await using bench = await start([hangUp]);
  const watch = bench.client.watch({ resourceVersion: "1", timeoutSeconds: 9 }, new RecordingSink(), neverAborted());
  while (bench.server.requests.length < 3) {
    await settle();
    await bench.clock.advance(bench.clock.pending[0] ?? 0);
  }
  const end = await watch;
  assert.ok(end.type === "failed" && !end.opened);
  assert.equal(end.failure.type, "unreachable");
});
