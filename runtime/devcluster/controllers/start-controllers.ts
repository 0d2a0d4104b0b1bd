import type { ClusterClientParts } from "./reconciling/cluster-client.ts";
import { createClusterClient } from "./reconciling/cluster-client.ts";
import { bootstrap, type BootstrapOptions } from "./bootstrap.ts";
import { startCustomResourceDefinitions } from "./custom-resource-definitions.ts";
import { startDefaultServiceAccounts } from "./namespaces/default-service-accounts.ts";
import { startGarbageCollector } from "./garbage-collection/garbage-collector.ts";
import { startNamespaceController } from "./namespaces/namespace-controller.ts";
import { startRootCertificates } from "./namespaces/root-certificates.ts";
import type { ControllerParts } from "./reconciling/run-reconciler.ts";

export type ClusterParts = ClusterClientParts & Omit<ControllerParts, "client">;

export interface ControllersOptions extends BootstrapOptions {
  /** The API server's certificate authority, PEM. */
  readonly rootCertificate: string;
}

/** Creates what every cluster has, and runs what every cluster needs until the signal aborts. */
export function startControllers(parts: ClusterParts, options: ControllersOptions, signal: AbortSignal): void {
  const apiServer = createClusterClient(parts, "kube-apiserver");
  bootstrap(apiServer, options);
  const controllerParts: ControllerParts = { ...parts, client: createClusterClient(parts, "kube-controller-manager") };
  startCustomResourceDefinitions({ ...parts, client: apiServer }, signal);
  startNamespaceController(controllerParts, signal);
  startGarbageCollector(controllerParts, signal);
  startDefaultServiceAccounts(controllerParts, signal);
  startRootCertificates(controllerParts, options.rootCertificate, signal);
}
