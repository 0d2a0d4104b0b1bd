import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP server on loopback that says what it was asked. */
export class WebServer implements AsyncDisposable {
  /** `GET /path`, in order. */
  readonly asked: string[] = [];
  readonly heads: IncomingMessage[] = [];
  readonly #server: Server;

  private constructor(answer: RequestListener) {
    this.#server = createServer((request, response) => {
      this.asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      this.heads.push(request);
      answer(request, response);
    });
  }

  static async open(answer: RequestListener, host = "127.0.0.1"): Promise<WebServer> {
    const opened = new WebServer(answer);
    await new Promise<void>((resolve) => opened.#server.listen(0, host, resolve));
    return opened;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
