import { isRecord } from "#kernel/json-value.ts";
import { withMembers } from "../../api-object.ts";
import { isExternal, needsClusterIp, portsOf, serviceType, type ServiceSpec } from "./service-form.ts";

const AFFINITY_SECONDS = 10_800;

/** What the type of a Service implies. */
export function withServiceDefaults(spec: ServiceSpec): ServiceSpec {
  const isBalanced = serviceType(spec) === "LoadBalancer";
  const isSticky = spec["sessionAffinity"] === "ClientIP" && !isRecord(spec["sessionAffinityConfig"]);
  return withMembers(spec, {
    type: serviceType(spec),
    sessionAffinity: spec["sessionAffinity"] || "None",
    ...(spec["ports"] !== undefined && { ports: portsOf(spec).map(withPortDefaults) }),
    ...(isSticky && { sessionAffinityConfig: { clientIP: { timeoutSeconds: AFFINITY_SECONDS } } }),
    ...(needsClusterIp(spec) && { internalTrafficPolicy: spec["internalTrafficPolicy"] || "Cluster" }),
    ...(isExternal(spec) && { externalTrafficPolicy: spec["externalTrafficPolicy"] || "Cluster" }),
    ...(isBalanced && { allocateLoadBalancerNodePorts: spec["allocateLoadBalancerNodePorts"] ?? true }),
  });
}

function withPortDefaults(port: ServiceSpec): ServiceSpec {
  return { ...port, protocol: port["protocol"] || "TCP", targetPort: port["targetPort"] || port["port"] };
}
