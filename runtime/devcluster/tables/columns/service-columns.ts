import type { ApiObject } from "../../api-object.ts";
import { AGE, field, NAME, NONE, text, UNKNOWN, UNSET, wide, type Column } from "../column.ts";
import { fieldAt, hasAt, listAt, numberAt, textAt, textsAt } from "../cells/object-fields.ts";
import { labelsText } from "../cells/labels-text.ts";
import { shortList } from "../cells/short-list.ts";

const SHOWN = 3;

export const SERVICES: readonly Column[] = [
  NAME,
  text("Type", field("spec.type")),
  text("Cluster-IP", (service) => textsAt(service, "spec.clusterIPs")[0] || textAt(service, "spec.clusterIP") || NONE),
  text("External-IP", externalIp),
  text("Port(s)", (service) => listAt(service, "spec.ports").map(portText).join(",") || NONE),
  AGE,
  wide(text("Selector", (service) => labelsText(fieldAt(service, "spec.selector")))),
];

export const ENDPOINTS: readonly Column[] = [
  NAME,
  text("Endpoints", (endpoints) => {
    const subsets = listAt(endpoints, "subsets");
    return subsets.length === 0 ? NONE : shortList(subsets.flatMap(subsetTexts), SHOWN);
  }),
  AGE,
];

export const ENDPOINT_SLICES: readonly Column[] = [
  NAME,
  text("AddressType", field("addressType")),
  text("Ports", (slice) => shortList(listAt(slice, "ports").map(slicePortText), SHOWN) || UNSET),
  text("Endpoints", (slice) => {
    const addresses = listAt(slice, "endpoints").flatMap((endpoint) => textsAt(endpoint, "addresses"));
    return shortList(addresses, SHOWN) || UNSET;
  }),
  AGE,
];

/** Addresses of a load balancer, of a Service or an Ingress alike. */
export function loadBalancerText(object: ApiObject): string {
  const addresses = listAt(object, "status.loadBalancer.ingress").map(
    (ingress) => textAt(ingress, "ip") || textAt(ingress, "hostname"),
  );
  return [...new Set(addresses.filter((address) => address !== ""))].sort().join(",");
}

function externalIp(service: ApiObject): string {
  const addresses = textsAt(service, "spec.externalIPs");
  switch (textAt(service, "spec.type")) {
    case "ClusterIP":
    case "NodePort":
      return addresses.join(",") || NONE;
    case "LoadBalancer":
      return [loadBalancerText(service), ...addresses].filter((one) => one !== "").join(",") || "<pending>";
    case "ExternalName":
      return textAt(service, "spec.externalName");
    default:
      return UNKNOWN;
  }
}

/** `80/TCP`, `80:30080/TCP`. */
function portText(port: unknown): string {
  const nodePort = numberAt(port, "nodePort");
  return `${numberAt(port, "port")}${nodePort > 0 ? `:${nodePort}` : ""}/${textAt(port, "protocol")}`;
}

function subsetTexts(subset: unknown): string[] {
  const addresses = listAt(subset, "addresses").map((address) => textAt(address, "ip"));
  const ports = listAt(subset, "ports").map((port) => numberAt(port, "port"));
  if (ports.length === 0) return addresses;
  return ports.flatMap((port) => addresses.map((ip) => `${ip.includes(":") ? `[${ip}]` : ip}:${port}`));
}

function slicePortText(port: unknown): string {
  const number = fieldAt(port, "port");
  if (typeof number === "number") return String(number);
  return hasAt(port, "name") ? textAt(port, "name") : "*";
}
