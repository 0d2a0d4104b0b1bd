import { createCapabilities } from "#broker/capabilities.ts";
import type { BrokerDeps } from "#broker/ports.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { systemClock } from "#kernel/clock.ts";
import { createCluster } from "#kubernetes/cluster.ts";
import { loadClusterConfig } from "#kubernetes/load-cluster-config.ts";
import { cacheOf } from "./brokered-handler.ts";
import { quietBroker } from "./quiet-broker.ts";

export interface HandlerKube extends AsyncDisposable {
  /** Calls `kube.<method>` during an event of an object in the namespace `default`, and resolves with what the handler gets. */
  call<T = unknown>(method: string, ...args: readonly unknown[]): Promise<T>;
}

/** The `kube` of a handler with these options, as the user of a kubeconfig. */
export function kubeOfHandler(
  kubeconfig: string,
  handlerOptions: unknown,
  { dryRun = false, sealed }: { readonly dryRun?: boolean } & Pick<BrokerDeps, "sealed"> = {},
): HandlerKube {
  const resolution = resolveOptions("pods", handlerOptions);
  if (resolution.type === "invalid") throw new Error(JSON.stringify(resolution.problems));
  const cluster = createCluster({ config: loadClusterConfig({ kubeconfig, environment: {} }), dryRun });
  const stopped = new AbortController();
  const { options } = resolution;
  const capabilities = createCapabilities(
    { ...cluster, clock: systemClock, ...quietBroker(), sealed, signal: stopped.signal },
    { id: "handler", options, cache: cacheOf([]), listers: {} },
  );
  const event = { id: "uid/1/added", namespace: "default", name: "web" };
  return {
    call: async <T>(method: string, ...args: readonly unknown[]) =>
      JSON.parse(await capabilities.call(`kube.${method}`, args, event, stopped.signal)) as T,
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await cluster.close();
    },
  };
}
