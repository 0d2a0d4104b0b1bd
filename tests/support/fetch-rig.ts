import { isIP } from "node:net";
import type { AddressClass } from "#broker/fetch/address-class.ts";
import { createHandlerPaces } from "#broker/handler-paces.ts";
import { createFetchCall } from "#broker/fetch/fetch-calls.ts";
import { FetchNetwork } from "#broker/fetch/fetch-network.ts";
import type { RefusedFetch } from "#broker/ports.ts";
import { parseFetchRule } from "#handler-api/option-groups/parse-fetch-rule.ts";
import type { FetchRule } from "#handler-api/resolved-options.ts";
import { FakeClock } from "./fake-clock.ts";

/** What a handler's `Response` is made of. */
export interface Answer {
  readonly url: string;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Base64. */
  readonly body: string;
}

export interface FetchRigOptions {
  /** As in `allow.fetch`. */
  readonly allow: readonly string[];
  /** What names resolve to; the second time to the second list. */
  readonly names?: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** @default the real ones */
  readonly classOf?: (address: string) => AddressClass;
  readonly apiServers?: readonly string[];
  readonly httpsProxy?: string;
}

/** `fetch` as the host does it for one handler. */
export class FetchRig implements AsyncDisposable {
  readonly refused: RefusedFetch[] = [];
  readonly stop = new AbortController();
  readonly #network: FetchNetwork;
  readonly #call: ReturnType<typeof createFetchCall>;

  constructor({ allow, names = {}, classOf, apiServers = [], httpsProxy = "" }: FetchRigOptions) {
    const asked: Record<string, number> = {};
    const resolve = (hostname: string) => {
      const answers = names[hostname];
      const at = Math.min(asked[hostname] ?? 0, (answers?.length ?? 1) - 1);
      asked[hostname] = at + 1;
      const addresses = answers?.[at];
      if (!addresses) return Promise.reject(Object.assign(new Error("it has no address"), { code: "ENOTFOUND" }));
      return Promise.resolve(addresses.map((address) => ({ address, family: isIP(address) })));
    };
    const deps = { clock: new FakeClock(), resolve, ...(classOf && { classOf }) };
    this.#network = new FetchNetwork(deps, { apiServers, proxies: { https: httpsProxy, http: "", except: "" } });
    this.#call = createFetchCall(allow.map(ruleOf), createHandlerPaces(new FakeClock()).of("handler").fetch);
  }

  async fetch(
    url: string,
    request: Readonly<Record<string, unknown>> = {},
    signal: AbortSignal = this.stop.signal,
  ): Promise<Answer> {
    const refused = (one: RefusedFetch): void => void this.refused.push(one);
    const network = this.#network;
    const deps = { connections: network.connections.of("handler"), network, refused, signal };
    return (await this.#call([{ url, method: "GET", ...request }], deps)) as Answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#network.close();
  }
}

/** Also for what no entry may name, so that what is behind the entries can be tested. */
function ruleOf(text: string): FetchRule {
  const parsed = parseFetchRule(text);
  if (parsed.type === "rule") return parsed.rule;
  const { protocol, hostname: host, port } = new URL(text);
  const scheme = protocol === "http:" ? "http" : "https";
  return { text, scheme, host, isWildcard: false, port: Number(port || "80"), opensPrivate: port !== "" };
}

/** The body as text. */
export function textOf({ body }: Answer): string {
  return Buffer.from(body, "base64").toString();
}
