/**
 * The network as handlers may use it: connections go only to addresses that were checked, and to the very address that was.
 * It knows addresses and nothing of what a handler is allowed; `fetch-calls.ts` does. The composition root makes one, and closes it.
 */
import type { LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import type { Clock } from "#kernel/clock.ts";
import { type AddressClass, classOfAddress } from "./address-class.ts";
import { ApiServerAddresses } from "./api-server-addresses.ts";
import { ByHandler } from "../by-handler.ts";
import { Connections } from "./connections.ts";
import { RefusedAddressError } from "./fetch-errors.ts";
import { LookupGate } from "./lookup-gate.ts";
import { NameLookups, type Resolve, resolveAll } from "./name-lookups.ts";

const CONNECT_TIMEOUT_MS = 10_000;
/** No answer stands still for so long. The handler's own deadline is mostly nearer. */
const SILENCE_TIMEOUT_MS = 60_000;
/** Of an answer's head, as Node's own limit. */
const MAX_HEADERS_BYTES = 16 * 1024;

export interface FetchNetworkDeps {
  readonly clock: Pick<Clock, "monotonic" | "setTimer">;
  /** Every address of a name. @default the system's resolver */
  readonly resolve?: Resolve;
  /** @default as `classOfAddress` says */
  readonly classOf?: (address: string) => AddressClass;
}

export interface FetchNetworkOptions {
  /** Host names and addresses of the API server, which no handler reaches by `fetch`. */
  readonly apiServers: readonly string[];
  /** Further names of the same addresses, which are not resolved. */
  readonly apiServerNames?: readonly string[];
  /** URLs, as `HTTPS_PROXY` and `HTTP_PROXY` have them; `""` for none. A proxy resolves names by itself. */
  readonly proxies: { readonly https: string; readonly http: string; readonly except: string };
}

export class FetchNetwork {
  readonly #classOf: (address: string) => AddressClass;
  readonly #options: FetchNetworkOptions;
  readonly #resolve: Resolve;
  readonly #gate: LookupGate;
  readonly #apiServers: ApiServerAddresses;
  /** Each handler has its own, so that its names are looked up in its turn. */
  readonly connections = new ByHandler(() => this.#connections());

  constructor(
    { clock, resolve = resolveAll, classOf = classOfAddress }: FetchNetworkDeps,
    options: FetchNetworkOptions,
  ) {
    this.#classOf = classOf;
    this.#options = options;
    this.#resolve = resolve;
    this.#gate = new LookupGate(clock, CONNECT_TIMEOUT_MS);
    // Not through the lookups of handlers, which may have to wait for each other.
    this.#apiServers = new ApiServerAddresses({ clock, resolve }, options.apiServers);
  }

  /** Throws `RefusedAddressError` for a host that is refused by its name or is a refused address. Its name is not resolved. */
  async checkHost(hostname: string, mayBePrivate: boolean): Promise<void> {
    const host = hostname.replace(/^\[(.*)\]$/, "$1");
    const { apiServers, apiServerNames = [] } = this.#options;
    if (apiServers.includes(host) || apiServerNames.includes(host)) throw new RefusedAddressError(host, "apiServer");
    if (host === "localhost" || host.endsWith(".localhost")) throw new RefusedAddressError(host, "forbidden");
    if (isIP(host) !== 0) await this.#check(host, mayBePrivate);
  }

  /** The URL of the proxy for what is asked for by a scheme, if `NO_PROXY` does not say otherwise; `""` for none. */
  proxyFor(protocol: string): string {
    const { https, http } = this.#options.proxies;
    return protocol === "https:" && https !== "" ? https : http;
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.connections.values(), (connections) => connections.destroy()));
  }

  #connections(): Connections {
    const lookups = new NameLookups(this.#resolve, this.#gate);
    return new Connections((mayBePrivate) => this.#connecting(lookups, mayBePrivate));
  }

  #connecting(lookups: NameLookups, mayBePrivate: boolean): Dispatcher {
    const { https, http, except } = this.#options.proxies;
    return new EnvHttpProxyAgent({
      httpsProxy: https,
      httpProxy: http,
      noProxy: except,
      connect: { lookup: this.#lookup(lookups, mayBePrivate), timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: SILENCE_TIMEOUT_MS,
      bodyTimeout: SILENCE_TIMEOUT_MS,
      maxHeaderSize: MAX_HEADERS_BYTES,
      allowH2: false,
    });
  }

  /** Resolves once for a connection, and gives only addresses that passed: there is nothing between check and use. */
  #lookup(lookups: NameLookups, mayBePrivate: boolean): LookupFunction {
    return async (hostname, { all }, callback) => {
      try {
        const addresses = await this.#checked(await lookups.lookup(hostname), mayBePrivate);
        if (all) return callback(null, [...addresses]);
        const [{ address, family } = { address: "", family: 0 }] = addresses;
        return callback(null, address, family);
      } catch (error) {
        return callback(error instanceof Error ? error : new Error(String(error)), "");
      }
    };
  }

  /** One refused address refuses the name: which one is taken is chance. */
  async #checked(addresses: readonly LookupAddress[], mayBePrivate: boolean): Promise<readonly LookupAddress[]> {
    if (addresses.length === 0) throw Object.assign(new Error("it has no address"), { code: "ENOTFOUND" });
    for (const { address } of addresses) await this.#check(address, mayBePrivate);
    return addresses;
  }

  async #check(address: string, mayBePrivate: boolean): Promise<void> {
    const reach = this.#classOf(address);
    if (reach === "forbidden") throw new RefusedAddressError(address, reach);
    if (await this.#apiServers.includes(address)) throw new RefusedAddressError(address, "apiServer");
    if (reach === "private" && !mayBePrivate) throw new RefusedAddressError(address, reach);
  }
}
