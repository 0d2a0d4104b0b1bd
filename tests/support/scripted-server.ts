import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo, Socket } from "node:net";

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly socket: Socket;
}

/** Answers one request. */
export type Answer = (response: ServerResponse, request: ReceivedRequest) => void;

/** An HTTP server on 127.0.0.1 that gives prepared answers in order, the last one for ever, and remembers the requests. */
export class ScriptedServer {
  readonly requests: ReceivedRequest[] = [];
  readonly #answers: readonly Answer[];
  readonly #server: Server;

  static async start(answers: readonly Answer[], tls?: ServerOptions): Promise<ScriptedServer> {
    const server = new ScriptedServer(answers, tls);
    await once(server.#server.listen(0, "127.0.0.1"), "listening");
    return server;
  }

  private constructor(answers: readonly Answer[], tls: ServerOptions | undefined) {
    this.#answers = answers;
    const listener: RequestListener = (request, response) => void this.#handle(request, response);
    this.#server = tls ? createTlsServer(tls, listener) : createServer(listener);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get lines(): string[] {
    return this.requests.map(({ method, url }) => `${method} ${url}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url = "", headers, socket } = request;
    const received = { method, url, headers, socket, body: Buffer.concat(chunks).toString() };
    this.requests.push(received);
    this.#answers[Math.min(this.requests.length, this.#answers.length) - 1]?.(response, received);
  }
}

export function json(body: unknown, code = 200, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(code, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

export function status(code: number, reason: string, headers: Record<string, string> = {}): Answer {
  return json(
    { kind: "Status", apiVersion: "v1", status: "Failure", code, reason, message: `${reason}!` },
    code,
    headers,
  );
}

/** Sends the beginning of a body and closes the connection. */
export function cutOff(body: string): Answer {
  return (response, { socket }) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(body, () => socket.destroy());
  };
}

/** Closes the connection without an answer. */
export const hangUp: Answer = (_, { socket }) => void socket.destroy();
