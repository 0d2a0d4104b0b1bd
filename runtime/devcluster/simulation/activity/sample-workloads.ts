import type { ClusterClient, NewObject } from "../../controllers/reconciling/cluster-client.ts";

/** Where everything happens. */
export const DEMO = "demo";

/** Deployments with the replicas that they start with. */
export const DEPLOYMENTS: Readonly<Record<string, number>> = { web: 3, api: 2, worker: 2, search: 1 };
export const CONFIG_MAPS = ["feature-flags", "web-config", "api-config"];
const SERVED = ["web", "api"];

/** The cast of a small shop. What exists already is left alone. */
export function createSampleWorkloads(client: ClusterClient): void {
  client.create("namespaces", { metadata: { name: DEMO } });
  for (const name of CONFIG_MAPS)
    client.create("configmaps", { metadata: inDemo(name), data: { "log-level": "info", revision: "1" } });
  for (const name of SERVED)
    client.create("services", {
      metadata: inDemo(name),
      spec: { selector: { app: name }, ports: [{ name: "http", port: 80, targetPort: "http" }] },
    });
  for (const [name, replicas] of Object.entries(DEPLOYMENTS))
    client.create("deployments.apps", sampleDeployment(name, replicas));
}

/** A Job that takes a second or two. */
export function sampleJob(name: string): NewObject {
  const template = {
    metadata: { labels: { app: "report" } },
    spec: { restartPolicy: "Never", containers: [{ name: "report", image: "example/report:2.1.0" }] },
  };
  return { metadata: inDemo(name), spec: { backoffLimit: 2, template } };
}

function sampleDeployment(name: string, replicas: number): NewObject {
  const container = {
    name,
    image: `example/${name}:1.0.0`,
    ports: [{ name: "http", containerPort: 8080 }],
    resources: { requests: { cpu: "50m", memory: "64Mi" } },
  };
  return {
    metadata: inDemo(name),
    spec: {
      replicas,
      revisionHistoryLimit: 3,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [container] } },
    },
  };
}

function inDemo(name: string): NewObject["metadata"] {
  return { namespace: DEMO, name, labels: { app: name } };
}
