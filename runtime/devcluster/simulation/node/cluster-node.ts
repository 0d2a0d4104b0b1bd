import type { Clock } from "#kernel/clock.ts";
import type { ClusterClient } from "../../controllers/reconciling/cluster-client.ts";
import { runReconciler, type ControllerParts } from "../../controllers/reconciling/run-reconciler.ts";
import { recordAt } from "../../record-at.ts";
import { timestamp } from "../../timestamp.ts";

/** The only node. It runs nothing: its pods only look as if they ran. */
export const NODE_NAME = "informd";
/** Of the range for documentation: nothing listens there. */
export const NODE_IP = "192.0.2.1";

/** A node that is ready, and that is there again when somebody deletes it, as a kubelet registers its own. */
export function keepNode(parts: ControllerParts, signal: AbortSignal): void {
  const { client, clock } = parts;
  createNode(client, clock);
  runReconciler(
    parts,
    {
      name: "node-registration",
      watches: ["nodes"],
      keysOf: ({ type, object }) => (type === "DELETED" && object.metadata.name === NODE_NAME ? [NODE_NAME] : []),
      reconcile() {
        createNode(client, clock);
        return undefined;
      },
    },
    signal,
  );
}

function createNode(client: ClusterClient, clock: Clock): void {
  const now = timestamp(clock.now());
  createLease(client, clock);
  const created = client.create("nodes", {
    metadata: { name: NODE_NAME, labels: LABELS },
    spec: { podCIDR: "10.244.0.0/16", podCIDRs: ["10.244.0.0/16"] },
  });
  if (!created) return;
  const status = {
    ...recordAt(created, "status"),
    addresses: [
      { type: "InternalIP", address: NODE_IP },
      { type: "Hostname", address: NODE_NAME },
    ],
    capacity: RESOURCES,
    allocatable: RESOURCES,
    conditions: CONDITIONS.map((condition) => ({ ...condition, lastHeartbeatTime: now, lastTransitionTime: now })),
    nodeInfo: NODE_INFO,
  };
  const ready = client.update("nodes", { ...created, status }, "status");
  const { taints: _notReady, ...spec } = recordAt(ready, "spec");
  client.update("nodes", { ...ready, spec });
}

/** Renewed by nobody: a cluster where nothing happens has no changes. */
function createLease(client: ClusterClient, clock: Clock): void {
  const renewTime = `${new Date(clock.now()).toISOString().slice(0, -1)}000Z`;
  client.create("leases.coordination.k8s.io", {
    metadata: { namespace: "kube-node-lease", name: NODE_NAME },
    spec: { holderIdentity: NODE_NAME, leaseDurationSeconds: 40, renewTime },
  });
}

const LABELS = {
  "kubernetes.io/arch": "amd64",
  "kubernetes.io/hostname": NODE_NAME,
  "kubernetes.io/os": "linux",
};
const RESOURCES = { cpu: "1k", memory: "1Ti", pods: "10k", "ephemeral-storage": "1Ti" };
const CONDITIONS = [
  {
    type: "MemoryPressure",
    status: "False",
    reason: "KubeletHasSufficientMemory",
    message: "kubelet has sufficient memory available",
  },
  {
    type: "DiskPressure",
    status: "False",
    reason: "KubeletHasNoDiskPressure",
    message: "kubelet has no disk pressure",
  },
  {
    type: "PIDPressure",
    status: "False",
    reason: "KubeletHasSufficientPID",
    message: "kubelet has sufficient PID available",
  },
  { type: "Ready", status: "True", reason: "KubeletReady", message: "kubelet is posting ready status" },
];
const NODE_INFO = {
  machineID: "",
  systemUUID: "",
  bootID: "",
  kernelVersion: "simulated",
  osImage: "simulated by informd",
  containerRuntimeVersion: "simulated://1",
  kubeletVersion: "v1.37.2",
  kubeProxyVersion: "",
  operatingSystem: "linux",
  architecture: "amd64",
};
