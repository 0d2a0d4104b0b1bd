import { FetchNetwork } from "#broker/fetch/fetch-network.ts";
import { FakeClock } from "./fake-clock.ts";

/** For handlers that fetch nothing: no name has an address. */
export function noNetwork(): FetchNetwork {
  const resolve = (): Promise<[]> => Promise.resolve([]);
  return new FetchNetwork(
    { clock: new FakeClock(), resolve },
    { apiServers: [], proxies: { https: "", http: "", except: "" } },
  );
}
