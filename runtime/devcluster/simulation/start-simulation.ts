import { createClusterClient } from "../controllers/reconciling/cluster-client.ts";
import type { ControllerParts } from "../controllers/reconciling/run-reconciler.ts";
import type { ClusterParts } from "../controllers/start-controllers.ts";
import { startActivity, type Activity } from "./activity/activity.ts";
import { keepNode } from "./node/cluster-node.ts";
import { startCronJobs } from "./jobs/cron-jobs.ts";
import { startDaemonSets } from "./daemon-sets.ts";
import { startDeployments } from "./deployments/deployments.ts";
import { startDisruptionBudgets } from "./disruption-budgets.ts";
import { startJobs } from "./jobs/jobs.ts";
import { startReplicaSets } from "./deployments/replica-sets.ts";
import { startServiceEndpoints } from "./service-endpoints.ts";
import { startSimulatedKubelet } from "./node/simulated-kubelet.ts";
import { startSimulatedScheduler } from "./node/simulated-scheduler.ts";
import { startStatefulSets } from "./stateful-sets/stateful-sets.ts";

export interface SimulationOptions {
  readonly activity: Activity;
}

/** Workloads come to life as if controllers, a scheduler and a kubelet ran, until the signal aborts. */
export function startSimulation(parts: ClusterParts, { activity }: SimulationOptions, signal: AbortSignal): void {
  const as = (fieldManager: string): ControllerParts => ({
    ...parts,
    client: createClusterClient(parts, fieldManager),
  });
  const controllers = as("kube-controller-manager");
  const kubelet = as("kubelet");
  keepNode(kubelet, signal);
  startSimulatedScheduler(as("kube-scheduler"), signal);
  startSimulatedKubelet(kubelet, signal);
  startReplicaSets(controllers, signal);
  startDeployments(controllers, signal);
  startStatefulSets(controllers, signal);
  startDaemonSets(controllers, signal);
  startJobs(controllers, signal);
  startCronJobs(controllers, signal);
  startServiceEndpoints(controllers, signal);
  startDisruptionBudgets(controllers, signal);
  startActivity(as("informd-activity"), activity, signal);
}
