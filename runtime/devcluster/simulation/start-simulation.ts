import { createClusterClient } from "../controllers/cluster-client.ts";
import type { ControllerParts } from "../controllers/run-reconciler.ts";
import type { ClusterParts } from "../controllers/start-controllers.ts";
import { createNode } from "./cluster-node.ts";
import { startDeployments } from "./deployments.ts";
import { startReplicaSets } from "./replica-sets.ts";
import { startSimulatedKubelet } from "./simulated-kubelet.ts";
import { startSimulatedScheduler } from "./simulated-scheduler.ts";

/** Workloads come to life as if controllers, a scheduler and a kubelet ran, until the signal aborts. */
export function startSimulation(parts: ClusterParts, signal: AbortSignal): void {
  const as = (fieldManager: string): ControllerParts => ({
    ...parts,
    client: createClusterClient(parts, fieldManager),
  });
  const controllers = as("kube-controller-manager");
  const kubelet = as("kubelet");
  createNode(kubelet.client, parts.clock);
  startSimulatedScheduler(as("kube-scheduler"), signal);
  startSimulatedKubelet(kubelet, signal);
  startReplicaSets(controllers, signal);
  startDeployments(controllers, signal);
}
