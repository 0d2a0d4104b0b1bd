import type { NewObject } from "#devcluster/controllers/reconciling/cluster-client.ts";
import type { Activity } from "#devcluster/simulation/activity/activity.ts";
import { startSimulation } from "#devcluster/simulation/start-simulation.ts";
import type { TestContext } from "node:test";
import { clusterRig, type ClusterRig } from "../cluster-rig.ts";

/** A cluster whose workloads come to life. */
export function simulatedCluster(t: TestContext, activity: Activity = "off"): ClusterRig {
  const rig = clusterRig(t);
  startSimulation(rig, { activity }, rig.signal);
  return rig;
}

/** A Deployment `default/web` of nginx. @param spec beside the template */
export function deployment(spec: object = {}, image = "nginx:1"): NewObject {
  return {
    metadata: { namespace: "default", name: "web" },
    spec: { selector: { matchLabels: { app: "web" } }, template: template(image), ...spec },
  };
}

export function template(image: string, metadata: object = {}): object {
  return { metadata: { labels: { app: "web" }, ...metadata }, spec: { containers: [{ name: "c", image }] } };
}
