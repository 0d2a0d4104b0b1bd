import { elementsOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";

/** A Service's spec, and what its type asks for (upstream: `needsClusterIP` and its siblings). */
export type ServiceSpec = JsonRecord;

export function serviceType(spec: ServiceSpec): string {
  return textOf(spec, "type") ?? "ClusterIP";
}

export function needsClusterIp(spec: ServiceSpec): boolean {
  return serviceType(spec) !== "ExternalName";
}

export function isHeadless(spec: ServiceSpec): boolean {
  return needsClusterIp(spec) && spec["clusterIP"] === "None";
}

export function needsNodePorts(spec: ServiceSpec): boolean {
  const type = serviceType(spec);
  return type === "NodePort" || (type === "LoadBalancer" && spec["allocateLoadBalancerNodePorts"] !== false);
}

export function needsHealthCheckPort(spec: ServiceSpec): boolean {
  return serviceType(spec) === "LoadBalancer" && spec["externalTrafficPolicy"] === "Local";
}

/** From outside of the cluster. */
export function isExternal(spec: ServiceSpec): boolean {
  const type = serviceType(spec);
  const hasExternalIps = elementsOf(spec, "externalIPs").length > 0;
  return type === "NodePort" || type === "LoadBalancer" || (type === "ClusterIP" && hasExternalIps);
}

export function portsOf(spec: ServiceSpec): readonly JsonRecord[] {
  return elementsOf(spec, "ports").filter(isRecord);
}
