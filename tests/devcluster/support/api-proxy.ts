import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { KubeApiServer } from "../../support/kube-api-server.ts";

export interface ProxiedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export interface OwnAnswer {
  readonly contentType: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Plain HTTP on loopback before a real API server; it acts as the administrator. */
export class ApiProxy {
  readonly #server: KubeApiServer;
  readonly #answer: (request: ProxiedRequest) => OwnAnswer | undefined;
  readonly #http: Server;

  /** @param answer `undefined`: the real server answers */
  constructor(server: KubeApiServer, answer: (request: ProxiedRequest) => OwnAnswer | undefined) {
    this.#server = server;
    this.#answer = answer;
    this.#http = createServer((incoming, response) => void this.#serve(incoming, response));
  }

  async start(): Promise<void> {
    await once(this.#http.listen(0, "127.0.0.1"), "listening");
  }

  stop(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }

  /** Resolves with what kubectl prints, rejects with what it complains about. */
  kubectl(args: readonly string[], input = ""): Promise<string> {
    const address = this.#http.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const program = join(process.env["KUBEBUILDER_ASSETS"] ?? "", "kubectl");
    const env = { PATH: process.env["PATH"], HOME: this.#server.folder };
    return new Promise((resolve, reject) => {
      const all = [`--server=http://127.0.0.1:${port}`, ...args];
      const child = execFile(program, all, { env, timeout: 20_000 }, (error, stdout, stderr) =>
        error ? reject(new Error(`kubectl ${args.join(" ")}: ${stderr}${stdout}`)) : resolve(stdout),
      );
      child.stdin?.end(input);
    });
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", headers } = incoming;
    const body = await buffer(incoming);
    const url = new URL(incoming.url ?? "", this.#server.url);
    const own = this.#answer({ method, url, headers, body });
    if (own) {
      response.writeHead(200, { ...own.headers, "content-type": own.contentType }).end(own.body);
      return;
    }
    const options = {
      method,
      ca: readFileSync(this.#server.caFile),
      headers: { ...headers, authorization: `Bearer ${this.#server.token}` },
    };
    request(url, options, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    }).end(body);
  }
}
