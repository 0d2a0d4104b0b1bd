/** An HTTP server on loopback that says what it was asked, and some answers of every kind. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";

/** @returns its origin; it is closed at the end of the test */
export async function echoServer(t: TestContext, tls?: ServerOptions): Promise<string> {
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `${tls ? "https" : "http"}://127.0.0.1:${port}`;
}

const answer: RequestListener = (request, response) => {
  const [, first = "", second = ""] = (request.url ?? "").split(/[/?]/);
  const write = ANSWERS[first] ?? ANSWERS["status"];
  void write?.(request, response, second);
};

type Answer = (request: IncomingMessage, response: ServerResponse, rest: string) => void | Promise<void>;

const ANSWERS: Readonly<Record<string, Answer>> = {
  json(_request, response) {
    response.setHeader("set-cookie", ["a=1", "b=2; Path=/"]);
    response.setHeader("content-type", "application/json");
    response.end('{"name":"ü"}');
  },
  async echo(request, response) {
    const { method, headers } = request;
    const body = await buffer(request);
    const { "content-type": contentType, "x-one": one } = headers;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ method, contentType, one, body: body.toString("base64") }));
  },
  moved(_request, response) {
    response.writeHead(302, { location: "/json" }).end();
  },
  bytes(_request, response) {
    response.end(Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256)));
  },
  never() {
    // The caller gives up.
  },
  status(_request, response, status) {
    response.writeHead(Number(status) || 404).end(Number(status) === 204 ? undefined : `status ${status}`);
  },
};
