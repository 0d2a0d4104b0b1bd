/**
 * A replay API server: lists and watches of generated pods over plain HTTP/1.1 on 127.0.0.1, one chunk per item and event as the
 * Go server flushes them. `POST /start?events=N` streams N updates into every open watch as fast as each is read,
 * `POST /start?events=N&intervalMs=M` one every M milliseconds.
 * Run as a child: `node bench/replay/server.ts PODS`, prints its URL.
 */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { PodBytes } from "./pod-bytes.ts";

/** What is handed to the socket at a time. */
const BATCH_BYTES = 1 << 20;
const LIST_VERSION = "500000000";
/** Coprime to the pods' count, so that updates jump through the cache. */
const STRIDE = 7919;
const CRLF = Buffer.from("\r\n");
const LAST_CHUNK = "0\r\n\r\n";

/** As servers before 1.26 answer. */
const DISCOVERY: Readonly<Record<string, object>> = {
  "/api": { kind: "APIVersions", versions: ["v1"] },
  "/apis": { kind: "APIGroupList", groups: [] },
  "/api/v1": {
    kind: "APIResourceList",
    groupVersion: "v1",
    resources: [{ name: "pods", singularName: "pod", namespaced: true, kind: "Pod", verbs: ["list", "watch"] }],
  },
};

const pods = new PodBytes(Number(process.argv[2] ?? 50_000));
const watches = new Set<Socket>();

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://replay");
  if (url.pathname === "/start") {
    response.end("{}");
    const [events, intervalMs] = ["events", "intervalMs"].map((name) => Number(url.searchParams.get(name)));
    for (const watch of watches) void streamUpdates(watch, events ?? 0, intervalMs ?? 0);
  } else if (url.pathname !== "/api/v1/pods") {
    const document = DISCOVERY[url.pathname];
    response
      .writeHead(document ? 200 : 404, { "content-type": "application/json" })
      .end(JSON.stringify(document ?? { kind: "Status", code: 404, reason: "NotFound" }));
  } else if (url.searchParams.has("watch")) {
    void watch(response, url.searchParams.get("sendInitialEvents") === "true");
  } else {
    void list(response, url.searchParams);
  }
});
server.on("connection", (socket) => socket.on("error", () => socket.destroy()));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(`http://127.0.0.1:${address.port} ${pods.meanBytes}`);
});

async function list(response: ServerResponse, query: URLSearchParams): Promise<void> {
  const from = Number(query.get("continue") ?? 0);
  const to = Math.min(pods.count, from + (Number(query.get("limit")) || pods.count));
  const next = to < pods.count ? `,"continue":"${to}","remainingItemCount":${pods.count - to}` : "";
  const head = `{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"${LIST_VERSION}"${next}},"items":[`;
  const socket = await openBody(response);
  await send(socket, 1, () => [head]);
  await send(socket, to - from, (index) => [index > 0 ? ",{" : "{", pods.itemRest(from + index)]);
  await send(socket, 1, () => ["]}\n"]);
  socket.end(LAST_CHUNK);
}

async function watch(response: ServerResponse, initialEvents: boolean): Promise<void> {
  const socket = await openBody(response);
  if (initialEvents) {
    await send(socket, pods.count, (index) => ['{"type":"ADDED","object":', pods.object(index), "}\n"]);
    const metadata = { resourceVersion: LIST_VERSION, annotations: { "k8s.io/initial-events-end": "true" } };
    const bookmark = { type: "BOOKMARK", object: { kind: "Pod", apiVersion: "v1", metadata } };
    await send(socket, 1, () => [`${JSON.stringify(bookmark)}\n`]);
  }
  watches.add(socket);
  socket.once("close", () => watches.delete(socket));
}

/** Sends the headers; from then on the socket is ours alone, which is several times faster than the response. */
async function openBody(response: ServerResponse): Promise<Socket> {
  response.writeHead(200, { "content-type": "application/json", "transfer-encoding": "chunked", connection: "close" });
  response.flushHeaders();
  await new Promise((resolve) => setImmediate(resolve));
  if (!response.socket) throw new Error("Cannot answer: the client has gone");
  return response.socket;
}

async function streamUpdates(socket: Socket, events: number, intervalMs: number): Promise<void> {
  if (intervalMs === 0) return send(socket, events, update);
  for (let sequence = 0; sequence < events && !socket.destroyed; sequence++) {
    await send(socket, 1, () => update(sequence));
    await sleep(intervalMs);
  }
}

function update(sequence: number): (string | Buffer)[] {
  const index = (sequence * STRIDE) % pods.count;
  pods.touch(index);
  return ['{"type":"MODIFIED","object":', pods.object(index), "}\n"];
}

/** Writes what `part` gives for 0 … count-1, each as a chunk of its own, and waits whenever the reader is behind. */
async function send(socket: Socket, count: number, part: (index: number) => (string | Buffer)[]): Promise<void> {
  for (let index = 0; index < count && !socket.destroyed;) {
    const batch: Buffer[] = [];
    for (let bytes = 0; index < count && bytes < BATCH_BYTES; index++) {
      const body = Buffer.concat(part(index).map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)));
      batch.push(Buffer.from(`${body.length.toString(16)}\r\n`), body, CRLF);
      bytes += body.length;
    }
    if (!socket.write(Buffer.concat(batch))) await writable(socket);
  }
}

async function writable(socket: Socket): Promise<void> {
  const settled = new AbortController();
  await Promise.race([once(socket, "drain", settled), once(socket, "close", settled)]);
  settled.abort();
}
