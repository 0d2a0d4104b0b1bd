import { Agent, request } from "node:https";
import type { IncomingMessage } from "node:http";

export interface AskedCluster {
  readonly server: string;
  /** PEM. */
  readonly ca: string;
  readonly token: string;
}

export interface BenchedCluster extends AskedCluster {
  readonly startMs: number;
  readonly pid: number;
}

/** Requests over a few connections that stay open. */
export class BenchClient implements Disposable {
  readonly #cluster: AskedCluster;
  readonly #agent: Agent;

  constructor(cluster: AskedCluster, connections: number) {
    this.#cluster = cluster;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, ca: cluster.ca });
  }

  /** Rejects for anything but success. */
  async send(method: string, path: string, body: unknown, contentType = "application/json"): Promise<void> {
    const code = await this.ask(method, path, body, contentType);
    if (code >= 300) throw new Error(`Cannot measure: ${method} ${path} was answered with ${code}`);
  }

  /** Resolves with the status code. Rejects where there is no answer. */
  async ask(method: string, path: string, body: unknown, contentType: string): Promise<number> {
    const response = await this.#open(method, path, { "content-type": contentType }, JSON.stringify(body));
    await response.resume().toArray();
    return response.statusCode ?? 0;
  }

  /** Calls `line` for each event of a watch, and `end` once its connection has ended. */
  async watch(path: string, { line, end }: Readonly<Record<"line" | "end", () => void>>): Promise<void> {
    const response = await this.#open("GET", `${path}?watch=true&resourceVersion=0`, {}, "");
    response.on("data", (chunk: Buffer) => {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) line();
    });
    response.on("error", () => {});
    response.once("close", end);
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  #open(method: string, path: string, headers: Record<string, string>, body: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = {
        method,
        agent: this.#agent,
        headers: {
          ...headers,
          authorization: `Bearer ${this.#cluster.token}`,
          "content-length": Buffer.byteLength(body),
        },
      };
      request(this.#cluster.server + path, options, resolve)
        .on("error", reject)
        .end(body);
    });
  }
}

/** Does `work` for 0 to `count`, so many at a time. */
export async function atOnce(count: number, width: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
