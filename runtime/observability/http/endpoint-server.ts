/**
 * Serves documents that anybody who reaches the address may read: health and metrics. It takes no input but a path, so there is
 * nothing to authenticate and no Host to check; it allows no other origin. The composition root opens it and closes it.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "#kernel/clock.ts";
import { JSON_TYPE, jsonText, type Endpoints } from "./endpoint.ts";
import { listenFailure } from "./listen-failure.ts";

export interface EndpointServer {
  /** `127.0.0.1:43511`, `[::]:8080` */
  readonly address: string;
  /** Takes no request any more, and ends those that are being answered within a second. Idempotent. */
  close(): Promise<void>;
}

export type OpenedEndpointServer =
  | { readonly type: "open"; readonly server: EndpointServer }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

export interface EndpointServerOptions {
  /** `undefined`: every address of the machine. */
  readonly host: string | undefined;
  /** 0: a free one. */
  readonly port: number;
}

/** Of a request that does not come to its end, or of answers that nobody reads. */
const REQUEST_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 256;
const MAX_HEADER_BYTES = 8192;
const CLOSE_TIMEOUT_MS = 1000;

export async function openEndpointServer(
  clock: Clock,
  endpoints: Endpoints,
  { host, port }: EndpointServerOptions,
): Promise<OpenedEndpointServer> {
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: REQUEST_TIMEOUT_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on(
    "request",
    (request: IncomingMessage, response: ServerResponse) => void answer(endpoints, request, response),
  );
  try {
    await once(server.listen({ port, host }), "listening");
  } catch (error) {
    return { type: "failed", message: listenFailure(error, addressText(host, port)) };
  }
  // Whoever could not be let in asks again.
  server.on("error", () => {});
  let closed: Promise<void> | undefined;
  const address = boundAddress(server.address());
  return { type: "open", server: { address, close: () => (closed ??= close(server, clock)) } };
}

async function answer(endpoints: Endpoints, { method = "", url = "" }: IncomingMessage, response: ServerResponse) {
  const path = url.split("?", 1)[0] ?? "";
  const endpoint = endpoints.get(path);
  if (!endpoint) return refuse(response, 404, `Cannot serve "${path}": there is no such path.`, endpoints);
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, `Cannot ${method} "${path}": it can only be read, with GET or HEAD.`, endpoints);
  }
  try {
    const { status, contentType, body } = await endpoint();
    send(response, status, contentType, body);
  } catch (error) {
    refuse(response, 500, `Cannot serve "${path}": ${String(error)}.`, endpoints);
  }
}

function refuse(response: ServerResponse, status: 404 | 405 | 500, reason: string, endpoints: Endpoints): void {
  send(response, status, JSON_TYPE, jsonText({ reason, paths: [...endpoints.keys()] }));
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, {
    "Content-Type": contentType,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}

function boundAddress(bound: AddressInfo | string | null): string {
  if (bound === null || typeof bound === "string") throw new Error("the server listens on no port");
  return addressText(bound.address, bound.port);
}

function addressText(host = "", port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

async function close(server: Server, clock: Clock): Promise<void> {
  const closed = once(server.close(), "close");
  server.closeIdleConnections();
  const timer = clock.setTimer(CLOSE_TIMEOUT_MS, () => server.closeAllConnections());
  await closed;
  timer.cancel();
}
