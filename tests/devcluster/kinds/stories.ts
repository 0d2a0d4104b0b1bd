import type { JsonRecord } from "#kernel/json-value.ts";
import type { TwinRequest } from "./twin-servers.ts";

const CONTAINERS = [{ name: "c", image: "nginx" }];
const NEVER = { spec: { restartPolicy: "Never", containers: CONTAINERS } };

const GENERATED = {
  metadata: { generateName: "drawn-" },
  spec: { priorityClassName: "nobody", containers: CONTAINERS },
};

/** What happens to objects of one kind, and how they answer. */
export const STORIES: Readonly<Record<string, readonly TwinRequest[]>> = {
  "namespaces end in two steps": [
    create("namespaces", "n", {}),
    change("namespaces", "n", { metadata: { labels: { "kubernetes.io/metadata.name": "other", a: "b" } } }),
    change("namespaces", "n", { spec: { finalizers: [] } }),
    remove("namespaces", "default"),
    remove("namespaces", "kube-system"),
    remove("namespaces", "n"),
    remove("namespaces", "n"),
  ],
  "services keep and lose what they were given": [
    create("services", "s", { spec: { ports: [{ port: 80 }] } }),
    change("services", "s", { spec: { clusterIP: "10.96.5.5" } }),
    change("services", "s", { spec: { clusterIP: null } }),
    change("services", "s", {
      spec: { clusterIP: null, clusterIPs: null, ipFamilies: null, ipFamilyPolicy: null, internalTrafficPolicy: null },
    }),
    change("services", "s", { spec: { type: "NodePort" } }),
    change("services", "s", { spec: { ports: [{ port: 81 }] } }),
    change("services", "s", {
      spec: {
        ports: [
          { port: 81, name: "a" },
          { port: 82, name: "b" },
        ],
      },
    }),
    change("services", "s", { spec: { type: "LoadBalancer" } }),
    change("services", "s", { spec: { externalTrafficPolicy: "Local" } }),
    change("services", "s", { spec: { type: "ClusterIP" } }),
    change("services", "s", { spec: { type: "ExternalName", externalName: "a.b" } }),
    change("services", "s", { spec: { type: "ClusterIP" } }),
    change("services", "s", { spec: { clusterIP: "None" } }),
    remove("services", "s"),
  ],
  "services are refused what they cannot have": [
    create("services", "taken", {
      spec: { clusterIP: "10.96.3.4", type: "NodePort", ports: [{ port: 80, nodePort: 30_303 }] },
    }),
    ...[
      { clusterIP: "10.96.3.4", ports: [{ port: 80 }] },
      { clusterIP: "10.97.3.4", ports: [{ port: 80 }] },
      { clusterIP: "bad", ports: [{ port: 80 }] },
      { ports: [] },
      { type: "NodePort", ports: [{ port: 80, nodePort: 1 }] },
      { type: "NodePort", ports: [{ port: 80, nodePort: 30_303 }] },
      { ports: [{ port: 80, nodePort: 30_303 }] },
      { externalTrafficPolicy: "Local", ports: [{ port: 80 }] },
      { type: "NodePort", clusterIP: "None", ports: [{ port: 80 }] },
      { ipFamilyPolicy: "RequireDualStack", ports: [{ port: 80 }] },
    ].map((spec) => create("services", "s", { spec })),
  ],
  "headless and named services": [
    create("services", "a", { spec: { clusterIP: "None", selector: { a: "b" } } }),
    create("services", "b", { spec: { clusterIP: "None" } }),
    create("services", "c", { spec: { clusterIP: "None", ports: [{ port: 80 }] } }),
    create("services", "d", { spec: { type: "ExternalName", externalName: "a.b", ports: [{ port: 80 }] } }),
    create("services", "e", { spec: { ipFamilyPolicy: "PreferDualStack", ports: [{ port: 80 }] } }),
    create("services", "f", { spec: { sessionAffinity: "ClientIP", ports: [{ port: 80, targetPort: "x" }] } }),
    create("services", "g", { spec: { externalIPs: ["10.1.1.1"], ports: [{ port: 80 }] } }),
    create("services", "h", {
      spec: {
        type: "LoadBalancer",
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: "Local",
        ports: [{ port: 80 }],
      },
    }),
  ],
  "pods have classes, priorities and tolerations": [
    create("priorityclasses.scheduling.k8s.io", "tall", { value: 7, preemptionPolicy: "Never" }),
    pod("a", { priorityClassName: "tall" }),
    pod("b", { priorityClassName: "nobody" }),
    { ...pod("drawn", { priorityClassName: "nobody" }), body: GENERATED },
    pod("c", { priority: 5 }),
    pod("d", { tolerations: [{ operator: "Exists" }] }),
    pod("e", {
      tolerations: [
        { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 1 },
      ],
    }),
    pod("f", { containers: [{ ...CONTAINERS[0], resources: { limits: { cpu: "1", memory: "1Gi" } } }] }),
    pod("g", { containers: [{ ...CONTAINERS[0], resources: { requests: { cpu: "0.1" } } }] }),
    pod("h", { containers: [{ ...CONTAINERS[0], resources: { requests: { cpu: 0 } } }] }),
    pod("i", { schedulingGates: [{ name: "example.com/g" }] }),
    remove("priorityclasses.scheduling.k8s.io", "tall"),
  ],
  "pods end after their grace period": [
    pod("p", { nodeName: "elsewhere" }),
    remove("pods", "p"),
    remove("pods", "p"),
    pod("q", {}),
    remove("pods", "q"),
    pod("r", { nodeName: "elsewhere", terminationGracePeriodSeconds: 0 }),
    remove("pods", "r"),
    pod("s", { nodeName: "elsewhere" }),
    { verb: "patch", resource: "pods", name: "s", subresource: "status", body: { status: { phase: "Succeeded" } } },
    remove("pods", "s"),
  ],
  "jobs select their own pods": [
    create("jobs.batch", "a", { spec: { template: NEVER } }),
    create("jobs.batch", "b", { spec: { parallelism: 3, template: NEVER } }),
    create("jobs.batch", "c", { spec: { completions: 3, completionMode: "Indexed", template: NEVER } }),
    create("jobs.batch", "d", {
      spec: {
        manualSelector: true,
        selector: { matchLabels: { a: "b" } },
        template: { ...NEVER, metadata: { labels: { a: "b" } } },
      },
    }),
    create("jobs.batch", "e", { metadata: { labels: { own: "label" } }, spec: { template: NEVER } }),
    remove("jobs.batch", "a"),
    remove("jobs.batch", "b", "Background"),
    remove("jobs.batch", "c", "Foreground"),
    remove("jobs.batch", "d", "Orphan"),
    change("jobs.batch", "e", { spec: { suspend: true } }),
  ],
  "secrets are written as text and read as bytes": [
    create("secrets", "a", { stringData: { a: "b" }, data: { a: "eA==", c: "eA==" } }),
    change("secrets", "a", { stringData: { d: "é" } }),
    create("secrets", "b", { stringData: {}, type: "example.com/x" }),
    create("secrets", "c", {}),
  ],
  "claims, volumes and nodes": [
    create("persistentvolumeclaims", "a", {
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    }),
    remove("persistentvolumeclaims", "a"),
    create("persistentvolumes", "a", {
      spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, hostPath: { path: "/x" } },
    }),
    remove("persistentvolumes", "a"),
    create("nodes", "n", {}),
    create("nodes", "m", { spec: { taints: [{ key: "a", effect: "NoSchedule" }] } }),
    remove("nodes", "n"),
    remove("priorityclasses.scheduling.k8s.io", "system-node-critical"),
  ],
};

function create(resource: string, name: string, { metadata, ...rest }: JsonRecord): TwinRequest {
  return { verb: "create", resource, name, body: { metadata: { name, ...(metadata as object | undefined) }, ...rest } };
}

function pod(name: string, spec: JsonRecord): TwinRequest {
  return create("pods", name, { spec: { containers: CONTAINERS, ...spec } });
}

function change(resource: string, name: string, body: JsonRecord): TwinRequest {
  return { verb: "patch", resource, name, body };
}

function remove(
  resource: string,
  name: string,
  propagationPolicy?: "Background" | "Foreground" | "Orphan",
): TwinRequest {
  return { verb: "delete", resource, name, ...(propagationPolicy && { options: { propagationPolicy } }) };
}
