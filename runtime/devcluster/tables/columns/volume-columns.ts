import type { ApiObject } from "../../api-object.ts";
import {
  AGE,
  field,
  flag,
  integer,
  NAME,
  nameWithDefault,
  NONE,
  text,
  UNSET,
  wide,
  type Cell,
  type Column,
} from "../column.ts";
import { fieldAt, hasAt, isTrueAt, listAt, textAt, textsAt } from "../cells/object-fields.ts";

const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
const MODES = [
  ["ReadWriteOnce", "RWO"],
  ["ReadOnlyMany", "ROX"],
  ["ReadWriteMany", "RWX"],
  ["ReadWriteOncePod", "RWOP"],
] as const;

const STATUS = text("Status", ({ metadata, ...volume }) =>
  metadata.deletionTimestamp === undefined ? textAt(volume, "status.phase") : "Terminating",
);
const STORAGE_CLASS = text("StorageClass", storageClass);
const ATTRIBUTES_CLASS = text("VolumeAttributesClass", field("spec.volumeAttributesClassName", UNSET));
const VOLUME_MODE = wide(text("VolumeMode", field("spec.volumeMode", UNSET)));

export const PERSISTENT_VOLUMES: readonly Column[] = [
  NAME,
  text("Capacity", field("spec.capacity.storage", "0")),
  text("Access Modes", accessModes("spec.accessModes")),
  text("Reclaim Policy", field("spec.persistentVolumeReclaimPolicy")),
  STATUS,
  text("Claim", (volume) =>
    hasAt(volume, "spec.claimRef")
      ? `${textAt(volume, "spec.claimRef.namespace")}/${textAt(volume, "spec.claimRef.name")}`
      : "",
  ),
  STORAGE_CLASS,
  ATTRIBUTES_CLASS,
  text("Reason", field("status.reason")),
  AGE,
  VOLUME_MODE,
];

export const PERSISTENT_VOLUME_CLAIMS: readonly Column[] = [
  NAME,
  STATUS,
  text("Volume", field("spec.volumeName")),
  text("Capacity", ifBound(field("status.capacity.storage", "0"))),
  text("Access Modes", ifBound(accessModes("status.accessModes"))),
  STORAGE_CLASS,
  ATTRIBUTES_CLASS,
  AGE,
  VOLUME_MODE,
];

export const STORAGE_CLASSES: readonly Column[] = [
  nameWithDefault("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"),
  text("Provisioner", field("provisioner")),
  text("ReclaimPolicy", field("reclaimPolicy", "Delete")),
  text("VolumeBindingMode", field("volumeBindingMode", "Immediate")),
  text("AllowVolumeExpansion", (storageClass) => isTrueAt(storageClass, "allowVolumeExpansion")),
  AGE,
];

export const VOLUME_ATTRIBUTES_CLASSES: readonly Column[] = [NAME, text("DriverName", field("driverName")), AGE];

export const VOLUME_ATTACHMENTS: readonly Column[] = [
  NAME,
  { ...text("Attacher", field("spec.attacher")), format: "name" },
  text("PV", field("spec.source.persistentVolumeName")),
  text("Node", field("spec.nodeName")),
  flag("Attached", (attachment) => isTrueAt(attachment, "status.attached")),
  AGE,
];

export const CSI_NODES: readonly Column[] = [
  NAME,
  integer("Drivers", (node) => listAt(node, "spec.drivers").length),
  AGE,
];

export const CSI_DRIVERS: readonly Column[] = [
  NAME,
  flag("AttachRequired", (driver) => fieldAt(driver, "spec.attachRequired") !== false),
  flag("PodInfoOnMount", (driver) => isTrueAt(driver, "spec.podInfoOnMount")),
  flag("StorageCapacity", (driver) => isTrueAt(driver, "spec.storageCapacity")),
  text("TokenRequests", (driver) => {
    const audiences = listAt(driver, "spec.tokenRequests").map((request) => textAt(request, "audience"));
    return audiences.length === 0 ? UNSET : audiences.join(",");
  }),
  flag("RequiresRepublish", (driver) => isTrueAt(driver, "spec.requiresRepublish")),
  text("Modes", (driver) => textsAt(driver, "spec.volumeLifecycleModes").join(",") || NONE),
  AGE,
];

function accessModes(path: string): Cell {
  return (object) => {
    const modes = textsAt(object, path);
    return MODES.flatMap(([mode, short]) => (modes.includes(mode) ? [short] : [])).join(",");
  };
}

function ifBound(cell: Cell): Cell {
  return (claim, now) => (textAt(claim, "spec.volumeName") === "" ? "" : cell(claim, now));
}

function storageClass(object: ApiObject): string {
  return object.metadata.annotations?.[CLASS_ANNOTATION] ?? textAt(object, "spec.storageClassName");
}
