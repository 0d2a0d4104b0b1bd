/** An HTTP server on loopback that says what it was asked, and gives some answers of every kind. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";

const BYTES = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256));

/** Returns its port. It is closed at the end of the test. */
export async function echoServer(t: TestContext, tls?: ServerOptions): Promise<number> {
  const asked = new Map<string, number>();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { url = "" } = request;
    const times = (asked.get(url) ?? 0) + 1;
    asked.set(url, times);
    const [, kind = "", rest = ""] = url.split(/[/?]/);
    void ANSWERS[kind]?.(request, response, { rest, times });
  };
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

interface Facts {
  /** Of the path. */
  readonly rest: string;
  /** How often the URL was asked for, with this one. */
  readonly times: number;
}

type Answer = (request: IncomingMessage, response: ServerResponse, facts: Facts) => unknown;

const ANSWERS: Readonly<Record<string, Answer>> = {
  json(_request, response) {
    response.setHeader("set-cookie", ["a=1", "b=2; Path=/"]);
    response.setHeader("content-type", "application/json");
    response.end('{"name":"ü"}');
  },
  async echo(request, response) {
    const { method, headers } = request;
    const body = (await buffer(request)).toString("base64");
    const { "content-type": contentType, "x-one": one } = headers;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ method, contentType, one, body }));
  },
  moved(_request, response) {
    response.writeHead(302, { location: "/json" }).end();
  },
  bytes(_request, response) {
    response.end(BYTES);
  },
  /** At first not. */
  flaky(_request, response, { times }) {
    response.writeHead(times === 1 ? 503 : 200).end(times === 1 ? "busy" : "at last");
  },
  never() {
    // The caller gives up.
  },
  status(_request, response, { rest }) {
    response.writeHead(Number(rest)).end(rest === "204" ? undefined : `status ${rest}`);
  },
};
