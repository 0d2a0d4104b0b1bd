import type { ClusterClient } from "./reconciling/cluster-client.ts";

export interface BootstrapOptions {
  /** Where the API server listens. */
  readonly address: { readonly host: string; readonly port: number };
}

const NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];
const KUBERNETES = { namespace: "default", name: "kubernetes" };

/** Creates what every cluster has from the start. What exists already is left alone. */
export function bootstrap(client: ClusterClient, { address }: BootstrapOptions): void {
  for (const name of NAMESPACES) client.create("namespaces", { metadata: { name } });
  for (const priorityClass of PRIORITY_CLASSES) client.create("priorityclasses.scheduling.k8s.io", priorityClass);
  createKubernetesService(client, address);
}

const PRIORITY_CLASSES = [
  {
    metadata: { name: "system-node-critical" },
    value: 2_000_001_000,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Used for system critical pods that must not be moved from their current node.",
  },
  {
    metadata: { name: "system-cluster-critical" },
    value: 2_000_000_000,
    preemptionPolicy: "PreemptLowerPriority",
    description:
      "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
  },
];

/** How pods would reach the API server. */
function createKubernetesService(client: ClusterClient, { host, port }: BootstrapOptions["address"]): void {
  client.create("services", {
    metadata: { ...KUBERNETES, labels: { component: "apiserver", provider: "kubernetes" } },
    spec: {
      type: "ClusterIP",
      clusterIP: "10.96.0.1",
      ports: [{ name: "https", protocol: "TCP", port: 443, targetPort: port }],
      sessionAffinity: "None",
    },
  });
  client.create("endpoints", {
    metadata: { ...KUBERNETES, labels: { "endpointslice.kubernetes.io/skip-mirror": "true" } },
    subsets: [{ addresses: [{ ip: host }], ports: [{ name: "https", port, protocol: "TCP" }] }],
  });
  client.create("endpointslices.discovery.k8s.io", {
    metadata: { ...KUBERNETES, labels: { "kubernetes.io/service-name": KUBERNETES.name } },
    addressType: "IPv4",
    endpoints: [{ addresses: [host], conditions: { ready: true } }],
    ports: [{ name: "https", port, protocol: "TCP" }],
  });
}
