import type { ApiObject } from "../../api-object.ts";
import { AGE, field, NAME, NONE, text, UNKNOWN, wide, type Column } from "../column.ts";
import { conditionOf, isTrueAt, listAt, recordAt, textAt } from "../cells/object-fields.ts";

const ROLE_PREFIX = "node-role.kubernetes.io/";
const ROLE_LABEL = "kubernetes.io/role";

export const NODES: readonly Column[] = [
  NAME,
  text("Status", nodeStatus),
  text("Roles", roles),
  AGE,
  text("Version", field("status.nodeInfo.kubeletVersion")),
  wide(text("Internal-IP", addressOf("InternalIP"))),
  wide(text("External-IP", addressOf("ExternalIP"))),
  wide(text("OS-Image", field("status.nodeInfo.osImage", UNKNOWN))),
  wide(text("Kernel-Version", kernelVersion)),
  wide(text("Container-Runtime", field("status.nodeInfo.containerRuntimeVersion", UNKNOWN))),
];

function nodeStatus(node: ApiObject): string {
  const ready = textAt(conditionOf(node, "Ready"), "status");
  const status = ready === "" ? "Unknown" : ready === "True" ? "Ready" : "NotReady";
  return isTrueAt(node, "spec.unschedulable") ? `${status},SchedulingDisabled` : status;
}

/** With the architecture. */
function kernelVersion(node: ApiObject): string {
  const version = textAt(node, "status.nodeInfo.kernelVersion");
  const architecture = textAt(node, "status.nodeInfo.architecture");
  if (version === "") return UNKNOWN;
  return architecture === "" ? version : `${version} (${architecture})`;
}

function roles({ metadata }: ApiObject): string {
  const names = Object.entries(recordAt(metadata, "labels")).map(([label, value]) => {
    if (label.startsWith(ROLE_PREFIX)) return label.slice(ROLE_PREFIX.length);
    return label === ROLE_LABEL ? String(value) : "";
  });
  return [...new Set(names.filter((name) => name !== ""))].sort().join(",") || NONE;
}

function addressOf(type: string): Column["cell"] {
  return (node) => {
    const address = listAt(node, "status.addresses").find((one) => textAt(one, "type") === type);
    return textAt(address, "address") || NONE;
  };
}
