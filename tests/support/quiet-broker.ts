import { FetchNetwork } from "#broker/fetch/fetch-network.ts";
import { createHandlerPaces, type HandlerPaces } from "#broker/handler-paces.ts";
import { Meters } from "#broker/metrics/meters.ts";
import { type Clock, systemClock } from "#kernel/clock.ts";
import type { BrokerDeps } from "#broker/ports.ts";
import { FakeClock } from "./fake-clock.ts";

/** What a broker needs for handlers that fetch, measure and log nothing which the test looks at: no name has an address. */
export function quietBroker(
  clock: Clock = systemClock,
): Pick<BrokerDeps, "network" | "metrics" | "logSink"> & { readonly paces: HandlerPaces } {
  const deps = { clock: new FakeClock(), resolve: () => Promise.resolve([]) };
  const network = new FetchNetwork(deps, { apiServers: [], proxies: { https: "", http: "", except: "" } });
  return { network, metrics: new Meters(), paces: createHandlerPaces(clock), logSink: () => {} };
}
