import { deletedSample, sample, type Sample } from "./sample.ts";

const GROUP = "storage.k8s.io/v1";
const DEFAULT = { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } };

function volume(name: string, spec: object, status?: object): Sample {
  return sample(
    "v1",
    "PersistentVolume",
    name,
    { spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], hostPath: { path: "/x" }, ...spec } },
    status,
  );
}

function claim(name: string, spec: object, status?: object, metadata: object = {}): Sample {
  const resources = { requests: { storage: "2Gi" } };
  return sample(
    "v1",
    "PersistentVolumeClaim",
    name,
    { metadata, spec: { accessModes: ["ReadWriteOnce"], resources, ...spec } },
    status,
  );
}

export const STORAGE: readonly Sample[] = [
  volume("fresh", {}),
  volume(
    "bound",
    {
      accessModes: ["ReadWriteMany", "ReadOnlyMany", "ReadWriteOnce"],
      persistentVolumeReclaimPolicy: "Delete",
      storageClassName: "fast",
      claimRef: { namespace: "default", name: "claim" },
      volumeMode: "Block",
    },
    { phase: "Bound" },
  ),
  volume("failed", { accessModes: ["ReadWriteOncePod"] }, { phase: "Failed", reason: "Broken", message: "m" }),
  deletedSample(volume("leaving", {})),
  claim("pending", { storageClassName: "fast" }),
  claim(
    "bound",
    { volumeName: "bound", storageClassName: "fast", volumeAttributesClassName: "gold" },
    { phase: "Bound", accessModes: ["ReadWriteOnce", "ReadWriteMany"], capacity: { storage: "5Gi" } },
  ),
  claim("old-class", {}, undefined, { annotations: { "volume.beta.kubernetes.io/storage-class": "old" } }),
  deletedSample(claim("leaving", {})),
  sample(GROUP, "StorageClass", "fast", {
    metadata: DEFAULT,
    provisioner: "example.com/p",
    allowVolumeExpansion: true,
  }),
  sample(GROUP, "StorageClass", "slow", {
    provisioner: "example.com/p",
    reclaimPolicy: "Retain",
    volumeBindingMode: "WaitForFirstConsumer",
  }),
  sample(GROUP, "VolumeAttributesClass", "gold", { driverName: "example.com", parameters: { iops: "5" } }),
  sample(
    GROUP,
    "VolumeAttachment",
    "attached",
    { spec: { attacher: "example.com", nodeName: "n1", source: { persistentVolumeName: "bound" } } },
    { attached: true },
  ),
  sample(GROUP, "VolumeAttachment", "waiting", {
    spec: { attacher: "example.com", nodeName: "n1", source: { persistentVolumeName: "fresh" } },
  }),
  sample(GROUP, "CSINode", "n1", {
    spec: {
      drivers: [
        { name: "a.example.com", nodeID: "1", topologyKeys: [] },
        { name: "b.example.com", nodeID: "2", topologyKeys: [] },
      ],
    },
  }),
  sample(GROUP, "CSINode", "n2", { spec: { drivers: [] } }),
  sample(GROUP, "CSIDriver", "a.example.com", {}),
  sample(GROUP, "CSIDriver", "b.example.com", {
    spec: {
      attachRequired: false,
      podInfoOnMount: true,
      storageCapacity: true,
      requiresRepublish: true,
      tokenRequests: [{ audience: "x" }, { audience: "y" }],
      volumeLifecycleModes: ["Persistent", "Ephemeral"],
    },
  }),
  sample(GROUP, "CSIStorageCapacity", "capacity", { storageClassName: "fast", capacity: "1Gi" }),
];
