/**
 * The server's front: HTTPS on loopback addresses. It turns requests into calls of `ApiOperations` and what comes back
 * into answers; it knows no kinds and keeps no objects.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { ServingCredentials } from "../credentials/serving-credentials.ts";
import { Connections } from "./connections.ts";
import { createGuard } from "./guard.ts";
import type { ApiServerDeps } from "./ports.ts";
import { RequestHandler } from "./request-handler.ts";
import { RequestLog, type LoggedRequest, type RequestLogOptions } from "./request-log.ts";

export interface ApiServerOptions {
  /** Without them: plain HTTP that everybody on this machine can use. */
  readonly credentials?: ServingCredentials | undefined;
  /** @default 0: one that is free */
  readonly port?: number;
  readonly log?: RequestLogOptions;
}

export interface ApiServer {
  /** For example `https://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** What clients have asked so far. */
  requests(): readonly LoggedRequest[];
  /** Closes all connections, running watches too. Idempotent. */
  close(): Promise<void>;
}

export async function startApiServer(deps: ApiServerDeps, options: ApiServerOptions = {}): Promise<ApiServer> {
  const { credentials, port = 0 } = options;
  const log = new RequestLog(deps, options.log);
  const server = credentials
    ? createTlsServer({ cert: credentials.certificate, key: credentials.key, ALPNProtocols: ["http/1.1"] })
    : createServer();
  const connections = new Connections(server);
  // On loopback there is nothing to gain from closing idle connections, and a request can meet the closing.
  server.keepAliveTimeout = 0;
  await once(server.listen(port, LOOPBACK), "listening");
  const actual = portOf(server.address());
  const handler = new RequestHandler(deps, {
    log,
    guard: createGuard({ token: credentials?.token, port: actual }),
    hangUp: (socket, reset) => connections.hangUp(socket, reset),
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => void handler.handle(request, response));
  let closed: Promise<unknown> | undefined;
  return {
    url: `${credentials ? "https" : "http"}://${LOOPBACK}:${actual}`,
    port: actual,
    requests: () => log.requests(),
    async close() {
      closed ??= once(server.close(), "close");
      server.closeAllConnections();
      await closed;
    },
  };
}

const LOOPBACK = "127.0.0.1";

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
