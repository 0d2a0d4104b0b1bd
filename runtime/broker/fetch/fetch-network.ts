/**
 * The network as handlers may use it: connections go only to addresses that were checked, and to the very address that was.
 * It knows addresses and nothing of what a handler is allowed; `fetch-calls.ts` does. The composition root makes one, and closes it.
 */
import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import type { Clock } from "#kernel/clock.ts";
import { type AddressClass, classOfAddress, reachedAddress } from "./address-class.ts";
import { RefusedAddressError } from "./fetch-errors.ts";

const CONNECT_TIMEOUT_MS = 10_000;
/** No answer stands still for so long. The handler's own deadline is mostly nearer. */
const SILENCE_TIMEOUT_MS = 60_000;
/** Of an answer's head, as Node's own limit. */
const MAX_HEADERS_BYTES = 16 * 1024;
const API_SERVER_KNOWN_FOR_MS = 60_000;

export interface FetchNetworkDeps {
  readonly clock: Pick<Clock, "monotonic">;
  /** Every address of a name. @default the system's resolver */
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
  /** @default as `classOfAddress` says */
  readonly classOf?: (address: string) => AddressClass;
}

export interface FetchNetworkOptions {
  /** Host names and addresses of the API server, which no handler reaches by `fetch`. */
  readonly apiServers: readonly string[];
  /** URLs, as `HTTPS_PROXY` and `HTTP_PROXY` have them; `""` for none. A proxy resolves names by itself. */
  readonly proxies: { readonly https: string; readonly http: string; readonly except: string };
}

export class FetchNetwork {
  readonly #deps: Required<FetchNetworkDeps>;
  readonly #options: FetchNetworkOptions;
  #dispatchers: { readonly public: Dispatcher; readonly private: Dispatcher } | undefined;
  #apiServer: { readonly addresses: Promise<ReadonlySet<string>>; readonly until: number } | undefined;

  constructor(
    { clock, resolve = resolveAll, classOf = classOfAddress }: FetchNetworkDeps,
    options: FetchNetworkOptions,
  ) {
    this.#deps = { clock, resolve, classOf };
    this.#options = options;
  }

  /** For requests to one host; `mayBePrivate` lets them into private networks. */
  dispatcher(mayBePrivate: boolean): Dispatcher {
    this.#dispatchers ??= { public: this.#connecting(false), private: this.#connecting(true) };
    return mayBePrivate ? this.#dispatchers.private : this.#dispatchers.public;
  }

  /** Throws `RefusedAddressError` for a host that is refused by its name or is a refused address. No name is resolved. */
  async checkHost(hostname: string, mayBePrivate: boolean): Promise<void> {
    const host = hostname.replace(/^\[(.*)\]$/, "$1");
    if (this.#options.apiServers.includes(host)) throw new RefusedAddressError(host, "apiServer");
    if (host === "localhost" || host.endsWith(".localhost")) throw new RefusedAddressError(host, "forbidden");
    if (isIP(host) !== 0) await this.#check(host, mayBePrivate);
  }

  async close(): Promise<void> {
    const { public: open, private: closed } = this.#dispatchers ?? {};
    await Promise.all([open?.destroy(), closed?.destroy()]);
  }

  #connecting(mayBePrivate: boolean): Dispatcher {
    const { https, http, except } = this.#options.proxies;
    return new EnvHttpProxyAgent({
      httpsProxy: https,
      httpProxy: http,
      noProxy: except,
      connect: { lookup: this.#lookup(mayBePrivate), timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: SILENCE_TIMEOUT_MS,
      bodyTimeout: SILENCE_TIMEOUT_MS,
      maxHeaderSize: MAX_HEADERS_BYTES,
      allowH2: false,
    });
  }

  /** Resolves once for a connection, and gives only addresses that passed: there is nothing between check and use. */
  #lookup(mayBePrivate: boolean): LookupFunction {
    return async (hostname, { all }, callback) => {
      try {
        const addresses = await this.#addressesOf(hostname, mayBePrivate);
        if (all) return callback(null, [...addresses]);
        const [{ address, family } = { address: "", family: 0 }] = addresses;
        return callback(null, address, family);
      } catch (error) {
        return callback(error instanceof Error ? error : new Error(String(error)), "");
      }
    };
  }

  /** One refused address refuses the name: which one is taken is chance. */
  async #addressesOf(hostname: string, mayBePrivate: boolean): Promise<readonly LookupAddress[]> {
    const addresses = await this.#deps.resolve(hostname);
    if (addresses.length === 0) throw Object.assign(new Error("it has no address"), { code: "ENOTFOUND" });
    for (const { address } of addresses) await this.#check(address, mayBePrivate);
    return addresses;
  }

  async #check(address: string, mayBePrivate: boolean): Promise<void> {
    const reach = this.#deps.classOf(address);
    if (reach === "forbidden") throw new RefusedAddressError(address, reach);
    if ((await this.#apiServerAddresses()).has(reachedAddress(address)))
      throw new RefusedAddressError(address, "apiServer");
    if (reach === "private" && !mayBePrivate) throw new RefusedAddressError(address, reach);
  }

  #apiServerAddresses(): Promise<ReadonlySet<string>> {
    const now = this.#deps.clock.monotonic();
    if (!this.#apiServer || this.#apiServer.until < now) {
      this.#apiServer = { addresses: this.#resolveApiServers(), until: now + API_SERVER_KNOWN_FOR_MS };
    }
    return this.#apiServer.addresses;
  }

  async #resolveApiServers(): Promise<ReadonlySet<string>> {
    const found = await Promise.all(
      this.#options.apiServers.map(async (host) => {
        if (isIP(host) !== 0) return [host];
        const addresses = await this.#deps.resolve(host).catch(() => []);
        return addresses.map(({ address }) => address);
      }),
    );
    return new Set(found.flat().map(reachedAddress));
  }
}

function resolveAll(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}
