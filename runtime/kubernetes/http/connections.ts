import { Agent, ProxyAgent, Socks5ProxyAgent, type buildConnector, type Dispatcher } from "undici";
import type { Clock } from "#kernel/clock.ts";
import type { ClusterEntry } from "../cluster-config.ts";
import type { ClientCertificate } from "../credentials/credential.ts";
import { pemReader, type PemReader } from "../credentials/file-login.ts";

/** client-go: `net.Dialer.KeepAlive`. */
const TCP_KEEPALIVE_MS = 30_000;
/** Longer than the API server's own request timeout of 60 s. */
const HEADERS_TIMEOUT_MS = 90_000;

/**
 * The connections to one cluster: one undici agent, which keeps them alive and shares them between requests.
 * When the CA or the client certificate was rotated, a new agent takes over and the old one ends with its last watch.
 */
export class Connections {
  readonly #cluster: ClusterEntry;
  readonly #ca: PemReader | undefined;
  readonly #open = new Set<Dispatcher>();
  #current:
    | { readonly dispatcher: Dispatcher; readonly ca: string | undefined; readonly certificate: string }
    | undefined;

  constructor(cluster: ClusterEntry, clock: Clock) {
    this.#cluster = cluster;
    this.#ca = cluster.ca && pemReader(cluster.ca, clock);
  }

  /** Throws `CredentialsError` if the CA's file was never readable. */
  async dispatcher(certificate: ClientCertificate | undefined): Promise<Dispatcher> {
    const ca = await this.#ca?.read();
    const id = `${certificate?.cert ?? ""}${certificate?.key ?? ""}`;
    if (this.#current?.ca === ca && this.#current?.certificate === id && this.#current) return this.#current.dispatcher;
    const replaced = this.#current?.dispatcher;
    const dispatcher = createDispatcher(this.#cluster, this.#tlsOptions(ca, certificate));
    this.#current = { dispatcher, ca, certificate: id };
    this.#open.add(dispatcher);
    if (replaced) void replaced.close().finally(() => this.#open.delete(replaced));
    return dispatcher;
  }

  /** Breaks every connection, but for a watch from before a rotation: that one ends with its own signal. */
  async close(): Promise<void> {
    await Promise.all([...this.#open].map((dispatcher) => dispatcher.destroy()));
    this.#open.clear();
  }

  #tlsOptions(ca: string | undefined, certificate: ClientCertificate | undefined): buildConnector.BuildOptions {
    const { insecureSkipTlsVerify, tlsServerName } = this.#cluster;
    return {
      ...(ca === undefined ? {} : { ca }),
      ...certificate,
      ...(insecureSkipTlsVerify ? { rejectUnauthorized: false } : {}),
      ...(tlsServerName === undefined ? {} : { servername: tlsServerName }),
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEPALIVE_MS,
      // One stream a connection: a slow watch holds up nobody else, and each chunk costs less.
      allowH2: false,
    };
  }
}

function createDispatcher({ proxyUrl }: ClusterEntry, requestTls: buildConnector.BuildOptions): Dispatcher {
  const options = { headersTimeout: HEADERS_TIMEOUT_MS, allowH2: false };
  if (proxyUrl === undefined || proxyUrl === "") return new Agent({ ...options, connect: requestTls });
  if (proxyUrl.startsWith("socks")) {
    return new Socks5ProxyAgent(proxyUrl.replace(/^socks5h:/, "socks5:"), { ...options, requestTls });
  }
  return new ProxyAgent({ ...options, uri: proxyUrl, requestTls });
}
