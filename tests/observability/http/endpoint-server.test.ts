import assert from "node:assert/strict";
import { connect } from "node:net";
import { once } from "node:events";
import { test, type TestContext } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { openEndpointServer, type EndpointServer } from "#observability/http/endpoint-server.ts";
import { jsonAnswer, type Endpoint } from "#observability/http/endpoint.ts";
import { ask } from "../../support/endpoint.ts";

const ENDPOINTS = new Map<string, Endpoint>([
  ["/healthz", () => jsonAnswer(200, { ok: true })],
  ["/readyz", () => Promise.resolve(jsonAnswer(503, { ok: false }))],
  ["/broken", () => Promise.reject(new Error("no numbers"))],
]);

async function open(context: TestContext, host: string | undefined = "127.0.0.1", port = 0): Promise<EndpointServer> {
  const opened = await openEndpointServer(systemClock, ENDPOINTS, { host, port });
  assert.equal(opened.type, "open");
  context.after(() => opened.server.close());
  return opened.server;
}

test("endpoint server answers GET with what the endpoint says, and HEAD with the same head", async (context) => {
  const { address } = await open(context);
  assert.match(address, /^127\.0\.0\.1:\d+$/);
  const got = await ask(address, "/healthz?verbose");
  assert.deepEqual([got.status, JSON.parse(got.body)], [200, { ok: true }]);
  assert.equal(got.headers["content-type"], "application/json; charset=utf-8");
  assert.equal((await ask(address, "/readyz")).status, 503);
  const head = await ask(address, "/healthz", { method: "HEAD" });
  assert.deepEqual([head.status, head.body, head.headers["content-length"]], [200, "", String(got.body.length)]);
});

test("endpoint server answers whatever the Host says, because kubelet asks by the pod's address, and allows no other origin", async (context) => {
  const { address } = await open(context);
  const { status, headers } = await ask(address, "/healthz", {
    headers: { host: "10.1.2.3:8080", origin: "http://evil.example" },
  });
  assert.equal(status, 200);
  assert.deepEqual(
    Object.keys(headers).filter((name) => name.startsWith("access-control")),
    [],
  );
});

test("endpoint server names the paths that there are when asked for another", async (context) => {
  const { address } = await open(context);
  const { status, body } = await ask(address, "/");
  assert.equal(status, 404);
  assert.deepEqual(JSON.parse(body), {
    reason: 'Cannot serve "/": there is no such path.',
    paths: ["/healthz", "/readyz", "/broken"],
  });
});

test("endpoint server only reads", async (context) => {
  const { address } = await open(context);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const { status, headers } = await ask(address, "/healthz", { method });
    assert.deepEqual([status, headers["allow"]], [405, "GET, HEAD"]);
  }
});

test("endpoint server says what failed when an endpoint does, and goes on", async (context) => {
  const { address } = await open(context);
  const { status, body } = await ask(address, "/broken");
  assert.equal(status, 500);
  assert.match(body, /Cannot serve \\"\/broken\\": Error: no numbers\./);
  assert.equal((await ask(address, "/healthz")).status, 200);
});

test("endpoint server says that a port is taken, and what to do", async (context) => {
  const { address } = await open(context);
  const port = Number(address.split(":").at(-1));
  const opened = await openEndpointServer(systemClock, ENDPOINTS, { host: "127.0.0.1", port });
  assert.deepEqual(opened, {
    type: "failed",
    message: `Cannot listen on "127.0.0.1:${port}": another program has this port. Name another address with --listen, or none.`,
  });
});

test("endpoint server says that a host is not this machine's", async () => {
  const opened = await openEndpointServer(systemClock, ENDPOINTS, { host: "192.0.2.1", port: 0 });
  assert.deepEqual(opened, {
    type: "failed",
    message:
      'Cannot listen on "192.0.2.1:0": this machine has no such address. Name another address with --listen, or none.',
  });
});

test("endpoint server without a host takes every address of the machine", async (context) => {
  const { address } = await open(context, undefined);
  const port = address.split(":").at(-1);
  assert.equal((await ask(`127.0.0.1:${port}`, "/healthz")).status, 200);
});

test("endpoint server closes with a connection open that asks for nothing, and closes once", async (context) => {
  const server = await open(context);
  const socket = connect(Number(server.address.split(":").at(-1)), "127.0.0.1");
  await once(socket, "connect");
  await Promise.all([server.close(), server.close(), once(socket, "close")]);
  await assert.rejects(ask(server.address, "/healthz"), /ECONNREFUSED/);
});
