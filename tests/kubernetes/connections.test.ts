import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer as createNetServer, type AddressInfo, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { test } from "node:test";
import { createCluster } from "#kubernetes/cluster.ts";
import type { ClusterEntry, UserEntry } from "#kubernetes/cluster-config.ts";
import type { ObjectAnswer } from "#kubernetes/object-client.ts";
import { clusterConfig, podResource } from "../support/cluster-builders.ts";
import { FakeClock, settle } from "../support/fake-clock.ts";
import { json, ScriptedServer, type Answer } from "../support/scripted-server.ts";
import { tlsFixture } from "../support/tls-fixtures.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ca = { type: "data", pem: tlsFixture("ca.pem") } as const;
const serverTls = {
  key: tlsFixture("server.key"),
  cert: tlsFixture("server.pem"),
  ca: ca.pem,
  requestCert: true,
  rejectUnauthorized: false,
};

/** Answers with the common name of the client's certificate. */
const whoAsks: Answer = (response, request) => {
  const { socket } = request;
  const name = socket instanceof TLSSocket ? (socket.getPeerCertificate().subject?.CN ?? "nobody") : "plain";
  json({ name })(response, request);
};

interface Client extends AsyncDisposable {
  readonly clock: FakeClock;
  /** What the server saw, or the failure. */
  ask(): Promise<ObjectAnswer>;
}

function client(server: string, entry: Partial<ClusterEntry>, user: Partial<UserEntry> = {}): Client {
  const clock = new FakeClock();
  const cluster = createCluster({ config: clusterConfig(server, user, entry), clock });
  const target = { resource: podResource, namespace: "default", name: "a" };
  return {
    clock,
    async ask() {
      const answer = await cluster.objects.get(target, new AbortController().signal);
      await settle();
      return answer;
    },
    [Symbol.asyncDispose]: () => cluster.close(),
  };
}

const codeOf = (answer: ObjectAnswer): string => (answer.type === "unreachable" ? answer.code : answer.type);
const seenBy = (answer: ObjectAnswer): unknown => (answer.type === "object" ? answer.object : answer);

test("the server's certificate must be signed by the kubeconfig's CA", async () => {
  await using server = await ScriptedServer.start([whoAsks], serverTls);
  await using stranger = client(`https://127.0.0.1:${server.port}`, { tlsServerName: "api.test" });
  assert.equal(codeOf(await stranger.ask()), "SELF_SIGNED_CERT_IN_CHAIN");
});

test("the server's certificate must be for its host", async () => {
  await using server = await ScriptedServer.start([whoAsks], serverTls);
  await using other = client(`https://127.0.0.1:${server.port}`, { ca });
  assert.equal(codeOf(await other.ask()), "ERR_TLS_CERT_ALTNAME_INVALID");
});

test("tls-server-name is the name that the certificate must be for", async () => {
  await using server = await ScriptedServer.start([whoAsks], serverTls);
  await using named = client(`https://127.0.0.1:${server.port}`, { ca, tlsServerName: "api.test" });
  assert.deepEqual(seenBy(await named.ask()), { name: "nobody" });
});

test("insecure-skip-tls-verify takes any certificate", async () => {
  await using server = await ScriptedServer.start([whoAsks], serverTls);
  await using careless = client(`https://127.0.0.1:${server.port}`, { insecureSkipTlsVerify: true });
  assert.deepEqual(seenBy(await careless.ask()), { name: "nobody" });
});

test("a client certificate that was rotated is used without a restart", async () => {
  const folder = temporaryFolder();
  const [cert, key] = [join(folder, "tls.crt"), join(folder, "tls.key")];
  const rotateTo = (name: string): void => {
    writeFileSync(cert, tlsFixture(`${name}.pem`));
    writeFileSync(key, tlsFixture(`${name}.key`));
  };
  rotateTo("client-one");
  await using server = await ScriptedServer.start([whoAsks], serverTls);
  const certificate = { cert: { type: "file", path: cert }, key: { type: "file", path: key } } as const;
  await using rotated = client(`https://127.0.0.1:${server.port}`, { ca, tlsServerName: "api.test" }, { certificate });
  assert.deepEqual(seenBy(await rotated.ask()), { name: "one" });
  rotateTo("client-two");
  assert.deepEqual(seenBy(await rotated.ask()), { name: "one" });
  await rotated.clock.advance(10_000);
  assert.deepEqual(seenBy(await rotated.ask()), { name: "two" });
});

test("a CA file that was replaced is used without a restart", async () => {
  const path = join(temporaryFolder(), "ca.crt");
  copyFileSync(join(import.meta.dirname, "..", "fixtures", "tls", "client-one.pem"), path);
  await using server = await ScriptedServer.start([whoAsks], serverTls);
  await using rotated = client(`https://127.0.0.1:${server.port}`, {
    ca: { type: "file", path },
    tlsServerName: "api.test",
  });
  assert.equal((await rotated.ask()).type, "unreachable");
  writeFileSync(path, ca.pem);
  await rotated.clock.advance(10_000);
  assert.deepEqual(seenBy(await rotated.ask()), { name: "nobody" });
});

test("proxy-url leads every connection through an HTTP proxy", async () => {
  await using server = await ScriptedServer.start([whoAsks], serverTls);
  const proxy = createHttpServer();
  const tunnels: string[] = [];
  proxy.on("connect", (request: { url?: string }, socket: Socket) => {
    tunnels.push(request.url ?? "");
    const upstream = connect(server.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  await using _ = await listening(proxy);
  const proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;
  await using behind = client(`https://api.test:${server.port}`, { ca, proxyUrl });
  assert.deepEqual(seenBy(await behind.ask()), { name: "nobody" });
  assert.deepEqual(tunnels, [`api.test:${server.port}`]);
});

test("proxy-url may be a SOCKS 5 proxy", async () => {
  await using server = await ScriptedServer.start([whoAsks], serverTls);
  const proxy = createNetServer((socket) => void socksTunnel(socket, server.port));
  await using _ = await listening(proxy);
  const proxyUrl = `socks5://127.0.0.1:${portOf(proxy)}`;
  await using behind = client(`https://api.test:${server.port}`, { ca, proxyUrl });
  assert.deepEqual(seenBy(await behind.ask()), { name: "nobody" });
});

/** RFC 1928 without authentication; wherever the client wants to go, it gets to `port`. */
async function socksTunnel(socket: Socket, port: number): Promise<void> {
  socket.on("error", () => {});
  await once(socket, "data");
  socket.write(Buffer.from([5, 0]));
  await once(socket, "data");
  const upstream = connect(port, "127.0.0.1", () => {
    socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    socket.pipe(upstream).pipe(socket);
  });
  upstream.on("error", () => socket.destroy());
}

async function listening(server: Server): Promise<AsyncDisposable> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
