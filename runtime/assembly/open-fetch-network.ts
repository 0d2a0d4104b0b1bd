import { FetchNetwork } from "#broker/fetch/fetch-network.ts";
import { fetchProxies } from "#config/fetch-proxies.ts";
import type { Clock } from "#kernel/clock.ts";

export interface FetchNetworkPlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The API server's URL; `undefined` without a cluster. */
  readonly server: string | undefined;
}

/** Of the API server in each cluster, which has a Service of its own. */
const SERVICE_NAMES = [
  "kubernetes",
  "kubernetes.default",
  "kubernetes.default.svc",
  "kubernetes.default.svc.cluster.local",
];

/** The network of handlers, without the ways to the API server that are known here. */
export function openFetchNetwork(clock: Clock, { environment, server }: FetchNetworkPlace): FetchNetwork {
  const named = server === undefined ? "" : hostOf(server);
  const service = environment["KUBERNETES_SERVICE_HOST"] ?? "";
  const apiServers = [named, ...(service === "" ? [] : [service, ...SERVICE_NAMES])];
  const proxies = fetchProxies(environment);
  return new FetchNetwork({ clock }, { apiServers: apiServers.filter((host) => host !== ""), proxies });
}

/** As `fetch` compares it: without brackets, and without the dot of a complete name. */
function hostOf(server: string): string {
  const { hostname = "" } = URL.parse(server) ?? {};
  return hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
