import { elementsOf, fieldOf, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { duplicate, invalid, required, type FieldCause } from "../../../schema/field-causes.ts";
import { labelFaults, subdomainFaults } from "../name-rules.ts";
import { containerCauses } from "./container-causes.ts";
import { eachOf, namedText, supportedText, within } from "../field-checks.ts";
import { labelCauses } from "../label-causes.ts";
import { schedulingCauses } from "./scheduling-causes.ts";
import { addressFaults } from "../address-faults.ts";
import { volumeCauses } from "./volume-causes.ts";

const DNS_POLICIES = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const RESTART_POLICIES = ["Always", "OnFailure", "Never"];
const INT32_MAX = 2_147_483_647;

/** What is wrong with the spec of a pod or of a template of pods. */
export function podSpecCauses(spec: JsonRecord, path: string): FieldCause[] {
  const volumes = new Set(elementsOf(spec, "volumes").map((volume) => textOf(volume, "name") ?? ""));
  return [
    ...volumeCauses(spec, path),
    ...containerListCauses(spec, volumes, path),
    ...supportedText(spec, "restartPolicy", path, RESTART_POLICIES),
    ...supportedText(spec, "dnsPolicy", path, DNS_POLICIES),
    ...labelCauses(spec["nodeSelector"], `${path}.nodeSelector`),
    ...securityCauses(spec["securityContext"], `${path}.securityContext`),
    ...schedulingCauses(spec, path),
    ...namedText(spec, "serviceAccountName", path, subdomainFaults),
    ...namedText(spec, "nodeName", path, subdomainFaults),
    ...within(spec["activeDeadlineSeconds"], `${path}.activeDeadlineSeconds`, 1, INT32_MAX),
    ...namedText(spec, "hostname", path, dottedLabelFaults),
    ...namedText(spec, "subdomain", path, dottedLabelFaults),
    ...eachOf(spec, "hostAliases", `${path}.hostAliases`, aliasCauses),
    ...namedText(spec, "priorityClassName", path, subdomainFaults),
    ...namedText(spec, "runtimeClassName", path, subdomainFaults),
    ...supportedText(spec, "preemptionPolicy", path, ["PreemptLowerPriority", "Never"]),
  ];
}

function containerListCauses(spec: JsonRecord, volumes: ReadonlySet<string>, path: string): FieldCause[] {
  const own = elementsOf(spec, "containers");
  const seen = new Set<string>();
  const ofList = (list: string): FieldCause[] =>
    eachOf(spec, list, `${path}.${list}`, (container, at) => {
      const name = textOf(container, "name") ?? "";
      const again = name !== "" && seen.has(name) ? [duplicate(`${at}.name`, name)] : [];
      seen.add(name);
      return [...containerCauses(container, volumes, at, list === "containers"), ...again];
    });
  return [
    ...(own.length === 0 ? [required(`${path}.containers`)] : []),
    ...ofList("containers"),
    ...hostPortCauses(own, `${path}.containers`),
    ...ofList("initContainers"),
    ...ofList("ephemeralContainers"),
  ];
}

function hostPortCauses(containers: readonly unknown[], path: string): FieldCause[] {
  const seen = new Set<string>();
  return containers.flatMap((container, index) =>
    eachOf(container, "ports", `${path}[${index}].ports`, (port, at) => {
      const hostPort = numberOf(port, "hostPort") ?? 0;
      const place = `${textOf(port, "protocol") ?? "TCP"}/${textOf(port, "hostIP") ?? ""}/${hostPort}`;
      if (hostPort === 0) return [];
      if (seen.has(place)) return [duplicate(`${at}.hostPort`, place)];
      seen.add(place);
      return [];
    }),
  );
}

function securityCauses(context: unknown, path: string): FieldCause[] {
  return [
    ...["fsGroup", "runAsUser", "runAsGroup"].flatMap((name) =>
      within(fieldOf(context, name), `${path}.${name}`, 0, INT32_MAX),
    ),
    ...eachOf(context, "supplementalGroups", `${path}.supplementalGroups`, (group, at) =>
      within(group, at, 0, INT32_MAX),
    ),
    ...eachOf(context, "sysctls", `${path}.sysctls`, (sysctl, at) =>
      textOf(sysctl, "name") ? [] : [required(`${at}.name`)],
    ),
  ];
}

function aliasCauses(alias: unknown, path: string): FieldCause[] {
  const ip = textOf(alias, "ip") ?? "";
  return [
    ...addressFaults(ip).map((fault) => invalid(`${path}.ip`, ip, fault)),
    ...eachOf(alias, "hostnames", `${path}.hostnames`, (name, at) =>
      subdomainFaults(String(name)).map((fault) => invalid(at, name, fault)),
    ),
  ];
}

/** A label, of which dots are told by themselves. */
export function dottedLabelFaults(name: string): string[] {
  if (/^[a-z0-9.-]*$/.test(name) && name.includes(".")) return ["must not contain dots"];
  return labelFaults(name);
}
