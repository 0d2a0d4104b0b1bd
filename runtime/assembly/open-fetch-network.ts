import { FetchNetwork } from "#broker/fetch/fetch-network.ts";
import { fetchProxies } from "#config/fetch-proxies.ts";
import type { Clock } from "#kernel/clock.ts";

export interface FetchNetworkPlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The API server's URL; `undefined` without a cluster. */
  readonly server: string | undefined;
}

/** The network of handlers, without the ways to the API server that are known here. */
export function openFetchNetwork(clock: Clock, { environment, server }: FetchNetworkPlace): FetchNetwork {
  const named = server === undefined ? undefined : URL.parse(server)?.hostname;
  const apiServers = [named, environment["KUBERNETES_SERVICE_HOST"]].flatMap((host) =>
    host === undefined || host === "" ? [] : [host.replace(/^\[(.*)\]$/, "$1")],
  );
  return new FetchNetwork({ clock }, { apiServers, proxies: fetchProxies(environment) });
}
