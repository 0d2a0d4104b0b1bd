import { ago, deletedSample, sample, type Sample } from "./sample.ts";

function condition(type: string, status: string): object {
  return { type, status, lastTransitionTime: ago(10), reason: "R", message: "m" };
}

function node(name: string, labels: object, spec: object, status?: object): Sample {
  return sample("v1", "Node", name, { metadata: { labels }, spec }, status);
}

function event(name: string, members: object): Sample {
  return sample("v1", "Event", name, {
    metadata: { namespace: "default" },
    involvedObject: { kind: "Pod", name: "p", namespace: "default", fieldPath: "spec.containers{c}" },
    type: "Normal",
    reason: "Started",
    message: " It started.\n",
    ...members,
  });
}

const LIMITED = { namespace: "limited" };
const NODE_INFO = {
  machineID: "",
  systemUUID: "",
  bootID: "",
  kernelVersion: "6.1",
  osImage: "Linux",
  containerRuntimeVersion: "containerd://2.0",
  kubeletVersion: "v1.37.2",
  kubeProxyVersion: "",
  operatingSystem: "linux",
  architecture: "amd64",
};

export const CLUSTER: readonly Sample[] = [
  deletedSample(sample("v1", "Namespace", "leaving")),
  sample("v1", "Namespace", "limited"),
  sample("v1", "ConfigMap", "empty"),
  sample("v1", "ConfigMap", "full", { data: { a: "1", b: "2" }, binaryData: { c: "AA==" } }),
  sample("v1", "Secret", "opaque", { stringData: { a: "1", b: "2" } }),
  sample("v1", "Secret", "login", { type: "kubernetes.io/basic-auth", stringData: { username: "u" } }),
  sample("v1", "ServiceAccount", "robot", { secrets: [{ name: "s" }] }),
  sample("v1", "LimitRange", "limits", {
    spec: { limits: [{ type: "PersistentVolumeClaim", max: { storage: "100Gi" } }] },
  }),
  sample("v1", "ResourceQuota", "fresh", { metadata: LIMITED, spec: { hard: { pods: "10" } } }),
  sample(
    "v1",
    "ResourceQuota",
    "used",
    { metadata: LIMITED, spec: { hard: { pods: "10", "limits.cpu": "2", "requests.memory": "1Gi", cpu: "1" } } },
    {
      hard: { pods: "10", "limits.cpu": "2", "requests.memory": "1Gi", cpu: "1", "limits.memory": "2Gi" },
      used: { pods: "3", "limits.cpu": "500m", cpu: "100m" },
    },
  ),
  node("fresh", {}, {}),
  node(
    "ready",
    { "node-role.kubernetes.io/worker": "", "node-role.kubernetes.io/control-plane": "", "kubernetes.io/role": "old" },
    {},
    {
      conditions: [condition("MemoryPressure", "False"), condition("Ready", "True")],
      addresses: [
        { type: "Hostname", address: "ready" },
        { type: "InternalIP", address: "10.0.0.1" },
        { type: "ExternalIP", address: "1.2.3.4" },
      ],
      nodeInfo: NODE_INFO,
    },
  ),
  node("cordoned", {}, { unschedulable: true }, { conditions: [condition("Ready", "Unknown")] }),
  event("once", {
    source: { component: "kubelet", host: "n1" },
    firstTimestamp: ago(100),
    lastTimestamp: ago(40),
    count: 5,
  }),
  event("no-times", {}),
  event("series", {
    eventTime: ago(300).replace("Z", ".123456Z"),
    series: { count: 9, lastObservedTime: ago(20).replace("Z", ".123456Z") },
    reportingComponent: "example.com/c",
    reportingInstance: "c-1",
    action: "A",
  }),
  event("nameless", { involvedObject: { kind: "Node", namespace: "default" }, type: "Warning" }),
  sample("coordination.k8s.io/v1", "Lease", "held", { spec: { holderIdentity: "me" } }),
  sample("coordination.k8s.io/v1", "Lease", "free", { spec: {} }),
  sample("node.k8s.io/v1", "RuntimeClass", "gvisor", { handler: "runsc" }),
  sample("scheduling.k8s.io/v1", "PriorityClass", "high", { value: 1000, preemptionPolicy: "Never" }),
  sample("scheduling.k8s.io/v1", "PriorityClass", "base", { value: 0, globalDefault: true }),
];
