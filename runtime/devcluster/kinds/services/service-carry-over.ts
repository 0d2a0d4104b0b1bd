import { isDeepStrictEqual } from "node:util";
import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { withMembers } from "../../api-object.ts";
import {
  isExternal,
  needsClusterIp,
  needsHealthCheckPort,
  needsNodePorts,
  portsOf,
  serviceType,
  type ServiceSpec,
} from "./service-form.ts";

/**
 * An update keeps what was allocated where the new spec says nothing, and loses what its new type has no use for.
 * Upstream: `patchAllocatedValues` and `dropTypeDependentFields`.
 */
export function carriedOver(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  return withoutUseless(withAllocated(spec, before), before);
}

function withAllocated(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  const keepsAddress = needsClusterIp(before) && needsClusterIp(spec);
  const keepsHealthCheck = needsHealthCheckPort(before) && needsHealthCheckPort(spec);
  return withMembers(spec, {
    ...(keepsAddress && {
      clusterIP: spec["clusterIP"] || before["clusterIP"],
      clusterIPs: spec["clusterIP"] ? spec["clusterIPs"] : (spec["clusterIPs"] ?? before["clusterIPs"]),
      ipFamilies: spec["ipFamilies"] ?? before["ipFamilies"],
      ipFamilyPolicy: spec["ipFamilyPolicy"] ?? before["ipFamilyPolicy"],
    }),
    ...(keepsHealthCheck && { healthCheckNodePort: spec["healthCheckNodePort"] || before["healthCheckNodePort"] }),
    ...(needsNodePorts(before) && needsNodePorts(spec) && { ports: withNodePortsOf(spec, before) }),
  });
}

/** A port is known by its name. */
function withNodePortsOf(spec: ServiceSpec, before: ServiceSpec): readonly JsonRecord[] {
  const said = new Set(portsOf(spec).map((port) => port["nodePort"]));
  const byName = new Map(portsOf(before).map((port) => [textOf(port, "name") ?? "", port["nodePort"]]));
  return portsOf(spec).map((port) => {
    const known = byName.get(textOf(port, "name") ?? "");
    return port["nodePort"] || known === undefined || said.has(known) ? port : { ...port, nodePort: known };
  });
}

function withoutUseless(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  const lost: string[] = [];
  const lose = (needs: (spec: ServiceSpec) => boolean, ...members: readonly string[]): void => {
    if (needs(before) && !needs(spec))
      lost.push(...members.filter((member) => isDeepStrictEqual(spec[member], before[member])));
  };
  lose(needsClusterIp, "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy");
  lose(needsHealthCheckPort, "healthCheckNodePort");
  lose(isExternal, "externalTrafficPolicy");
  lose((each) => serviceType(each) === "LoadBalancer", "allocateLoadBalancerNodePorts", "loadBalancerClass");
  const losesNodePorts = needsNodePorts(before) && !needsNodePorts(spec) && sameNodePorts(spec, before);
  return withMembers(spec, {
    ...Object.fromEntries(lost.map((member) => [member, undefined])),
    ...(losesNodePorts && { ports: portsOf(spec).map((port) => withMembers(port, { nodePort: undefined })) }),
  });
}

function sameNodePorts(spec: ServiceSpec, before: ServiceSpec): boolean {
  const known = new Set(portsOf(before).map((port) => port["nodePort"]));
  return portsOf(spec).every((port) => !port["nodePort"] || known.has(port["nodePort"]));
}
