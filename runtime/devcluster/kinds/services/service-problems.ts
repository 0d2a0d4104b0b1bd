import { isIP } from "node:net";
import { recordAt } from "../../record-at.ts";
import { forbidden, invalid, required, type FieldCause } from "../../schema/field-causes.ts";
import {
  isExternal,
  isHeadless,
  needsClusterIp,
  needsNodePorts,
  portsOf,
  serviceType,
  type ServiceSpec,
} from "./service-form.ts";

/** What a Service cannot say (upstream: `ValidateService`, the part that its allocation depends on). */
export function serviceProblems(spec: ServiceSpec, before: ServiceSpec | undefined): readonly FieldCause[] {
  return [
    ...portProblems(spec),
    ...(before ? changedAddress(spec, before) : []),
    ...addressProblems(spec),
    ...(spec["ipFamilyPolicy"] === "RequireDualStack" && !hasNoSelector(spec)
      ? [invalid("spec.ipFamilyPolicy", "RequireDualStack", "this cluster is not configured for dual-stack services")]
      : []),
    ...(spec["externalTrafficPolicy"] && !isExternal(spec)
      ? [
          invalid(
            "spec.externalTrafficPolicy",
            spec["externalTrafficPolicy"],
            "may only be set for externally-accessible services",
          ),
        ]
      : []),
  ];
}

function portProblems(spec: ServiceSpec): readonly FieldCause[] {
  const ports = portsOf(spec);
  if (ports.length === 0) return needsClusterIp(spec) && !isHeadless(spec) ? [required("spec.ports")] : [];
  const type = serviceType(spec);
  const mayHaveNodePorts = needsNodePorts(spec) || type === "LoadBalancer";
  return ports.flatMap((port, i) =>
    port["nodePort"] && !mayHaveNodePorts
      ? [forbidden(`spec.ports[${i}].nodePort`, `may not be used when \`type\` is '${type}'`)]
      : [],
  );
}

function changedAddress(spec: ServiceSpec, before: ServiceSpec): readonly FieldCause[] {
  if (!needsClusterIp(before) || !needsClusterIp(spec)) return [];
  const [now, then] = [spec["clusterIP"], before["clusterIP"]];
  return now === then ? [] : [invalid("spec.clusterIPs[0]", [now], "may not change once set")];
}

function addressProblems(spec: ServiceSpec): readonly FieldCause[] {
  const [field, ip] = ["spec.clusterIPs[0]", spec["clusterIP"]];
  if (!needsClusterIp(spec)) {
    const isSet = ip !== undefined && ip !== "";
    return isSet ? [forbidden(field, "may not be used when `type` is 'ExternalName'")] : [];
  }
  if (isHeadless(spec) && serviceType(spec) !== "ClusterIP")
    return [invalid(field, "None", `may not be set to 'None' for ${serviceType(spec)} services`)];
  if (typeof ip !== "string" || ip === "" || ip === "None" || isIP(ip) !== 0) return [];
  return [invalid(field, ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")];
}

/** A headless Service without selector may name families that the cluster does not have. */
export function hasNoSelector(spec: ServiceSpec): boolean {
  return isHeadless(spec) && Object.keys(recordAt(spec, "selector")).length === 0;
}
