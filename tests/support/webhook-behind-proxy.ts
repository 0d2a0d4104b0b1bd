import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer as createHttpServer, type IncomingHttpHeaders, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { issueCertificate } from "#devcluster/credentials/certificate.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const DAY_MS = 86_400_000;

/**
 * A webhook at a public name, as a company's network has it: its certificate is of a private CA, and the way to it is a proxy.
 * Both are on loopback, where no handler may go by itself.
 */
export class WebhookBehindProxy implements AsyncDisposable {
  readonly posted: Posted[] = [];
  /** For a process that is to reach it. */
  readonly env: Readonly<Record<string, string>>;
  /** Hosts and ports that were asked of the proxy. */
  readonly asked: readonly string[];
  readonly #servers: readonly Server[];
  readonly #sockets: ReadonlySet<Socket>;

  private constructor(
    parts: Pick<WebhookBehindProxy, "posted" | "env" | "asked">,
    servers: readonly Server[],
    sockets: ReadonlySet<Socket>,
  ) {
    this.posted = parts.posted;
    this.env = parts.env;
    this.asked = parts.asked;
    this.#servers = servers;
    this.#sockets = sockets;
  }

  /** @param statuses of the answers, in order; the last one again and again */
  static async open(host: string, statuses: readonly [number, ...number[]] = [204]): Promise<WebhookBehindProxy> {
    const posted: Posted[] = [];
    const asked: string[] = [];
    const sockets = new Set<Socket>();
    const { ca, cert, key } = certificateFor(host);
    const webhook = createHttpsServer({ cert, key }, async (request, response) => {
      const body = (await Array.fromAsync(request)).join("");
      const status = statuses[Math.min(posted.length, statuses.length - 1)] ?? 204;
      posted.push({ path: request.url ?? "", headers: request.headers, body });
      response.writeHead(status, status === 429 ? { "retry-after": "1" } : {}).end();
    });
    const webhookPort = await listen(webhook);
    const proxy = createHttpServer().on("connect", ({ url = "" }, client: Socket) => {
      asked.push(url);
      const server = connect(webhookPort, "127.0.0.1", () => client.write("HTTP/1.1 200 Connected\r\n\r\n"));
      for (const socket of [client, server]) sockets.add(socket.on("error", () => {}));
      client.pipe(server).pipe(client);
    });
    const caFile = join(temporaryFolder(), "ca.pem");
    writeFileSync(caFile, ca);
    const env = {
      HTTPS_PROXY: `http://127.0.0.1:${await listen(proxy)}`,
      NODE_EXTRA_CA_CERTS: caFile,
      NO_PROXY: "127.0.0.1",
    };
    return new WebhookBehindProxy({ posted, env, asked }, [webhook, proxy], sockets);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers) server.closeAllConnections();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function certificateFor(host: string): { readonly ca: string; readonly cert: string; readonly key: string } {
  const authority = { commonName: "a company", ...generateKeyPairSync("ec", { namedCurve: "P-256" }) };
  const server = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const validity = { notBeforeMs: Date.now() - DAY_MS, notAfterMs: Date.now() + DAY_MS };
  const issued = { issuer: authority, ...validity };
  const use = { type: "server", dnsNames: [host], addresses: [] } as const;
  return {
    ca: issueCertificate({
      commonName: "a company",
      publicKey: authority.publicKey,
      use: { type: "authority" },
      ...issued,
    }),
    cert: issueCertificate({ commonName: host, publicKey: server.publicKey, use, ...issued }),
    key: server.privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}
