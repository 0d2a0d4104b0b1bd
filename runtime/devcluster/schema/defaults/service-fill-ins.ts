import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { recordAt } from "../../record-at.ts";
import { withAbsent } from "./with-absent.ts";

export function withServiceDefaults(spec: JsonRecord): JsonRecord {
  const type = textOf(spec, "type") ?? "ClusterIP";
  const isOpen = type === "NodePort" || type === "LoadBalancer";
  const isInside = type === "ClusterIP";
  const hasOutside = isOpen || (isInside && elementsOf(spec, "externalIPs").length > 0);
  const filled = withAbsent(spec, {
    internalTrafficPolicy: isOpen || isInside ? "Cluster" : undefined,
    externalTrafficPolicy: hasOutside ? "Cluster" : undefined,
    allocateLoadBalancerNodePorts: type === "LoadBalancer" ? true : undefined,
  });
  return withAffinityConfig(filled);
}

const AFFINITY_SECONDS = 10_800;

function withAffinityConfig(spec: JsonRecord): JsonRecord {
  if (textOf(spec, "sessionAffinity") === "ClientIP") {
    const clientIP = fieldOf(fieldOf(spec, "sessionAffinityConfig"), "clientIP");
    if (fieldOf(clientIP, "timeoutSeconds") !== undefined) return spec;
    return { ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: AFFINITY_SECONDS } } };
  }
  if (textOf(spec, "sessionAffinity") !== undefined && textOf(spec, "sessionAffinity") !== "None") return spec;
  const { sessionAffinityConfig: _, ...rest } = spec;
  return rest;
}

export function withTargetPort(port: JsonRecord): JsonRecord {
  const target = fieldOf(port, "targetPort");
  const isEmpty = target === undefined || target === 0 || target === "";
  return isEmpty ? { ...port, targetPort: fieldOf(port, "port") ?? 0 } : port;
}

export function withIpModes(service: JsonRecord): JsonRecord {
  if (textOf(recordAt(service, "spec"), "type") !== "LoadBalancer") return service;
  const status = recordAt(service, "status");
  const balancer = recordAt(status, "loadBalancer");
  const ingress = elementsOf(balancer, "ingress").map((point) =>
    isRecord(point) && textOf(point, "ip") !== undefined ? withAbsent(point, { ipMode: "VIP" }) : point,
  );
  return ingress.length === 0 ? service : { ...service, status: { ...status, loadBalancer: { ...balancer, ingress } } };
}
