import { elementsOf, fieldOf, numberOf, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  required,
  rawInvalid,
  type FieldCause,
} from "../../../schema/field-causes.ts";
import { labelFaults, qualifiedNameFaults, subdomainFaults } from "../name-rules.ts";
import { addressFaults, cidrFaults, isAddress } from "../address-faults.ts";
import { eachOf, namedText, portCauses, supportedText } from "../field-checks.ts";
import { labelCauses } from "../label-causes.ts";
import { portOrNameCauses } from "../pods/probe-causes.ts";
import { recordAt } from "../../../record-at.ts";

const TYPES = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const POLICIES = ["Cluster", "Local"];

export function serviceCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const type = textOf(spec, "type") ?? "";
  return [
    ...(old ? updateCauses(spec, recordAt(old, "spec")) : []),
    ...portListCauses(spec, type),
    ...(type === "ExternalName" ? externalNameCauses(spec) : []),
    ...labelCauses(spec["selector"], "spec.selector"),
    ...affinityCauses(spec),
    ...(TYPES.includes(type) ? [] : [notSupported("spec.type", type, TYPES)]),
    ...clusterIpCauses(spec),
    ...eachOf(spec, "externalIPs", "spec.externalIPs", externalIpCauses),
    ...eachOf(spec, "loadBalancerSourceRanges", "spec.LoadBalancerSourceRanges", (range, path) =>
      cidrFaults(String(range).trim()).map((fault) => invalid(path, range, fault)),
    ),
    ...namedText(spec, "loadBalancerClass", "spec", qualifiedNameFaults),
    ...policyCauses(spec, type),
  ];
}

function portListCauses(spec: JsonRecord, type: string): FieldCause[] {
  const ports = elementsOf(spec, "ports");
  const isHeadless = textOf(spec, "clusterIP") === "None" || textsOf(spec, "clusterIPs").includes("None");
  if (ports.length === 0 && !isHeadless && type !== "ExternalName") return [required("spec.ports")];
  const names = new Set<string>();
  return [
    ...eachOf(spec, "ports", "spec.ports", (port, path) => {
      const name = textOf(port, "name") ?? "";
      const isAgain = name !== "" && names.has(name);
      names.add(name);
      return [
        ...nameCauses(name, ports.length > 1, path),
        ...(isAgain ? [duplicate(`${path}.name`, name)] : []),
        ...onePortCauses(port, path),
      ];
    }),
    ...nodePortCauses(spec, type),
    ...repeatedPortCauses(spec),
  ];
}

function nameCauses(name: string, isNeeded: boolean, path: string): FieldCause[] {
  if (name === "") return isNeeded ? [required(`${path}.name`)] : [];
  return labelFaults(name).map((fault) => invalid(`${path}.name`, name, fault));
}

function onePortCauses(port: unknown, path: string): FieldCause[] {
  const target = fieldOf(port, "targetPort");
  return [
    ...portCauses(numberOf(port, "port") ?? 0, `${path}.port`),
    ...supportedText(port, "protocol", path, ["SCTP", "TCP", "UDP"]),
    ...portOrNameCauses(target, `${path}.targetPort`),
    ...namedText(port, "appProtocol", path, qualifiedNameFaults),
  ];
}

function nodePortCauses(spec: JsonRecord, type: string): FieldCause[] {
  if (type !== "ClusterIP") return [];
  const detail = "may not be used when `type` is 'ClusterIP'";
  return eachOf(spec, "ports", "spec.ports", (port, path) =>
    (numberOf(port, "nodePort") ?? 0) === 0 ? [] : [forbidden(`${path}.nodePort`, detail)],
  );
}

function repeatedPortCauses(spec: JsonRecord): FieldCause[] {
  const seen = new Set<string>();
  return eachOf(spec, "ports", "spec.ports", (port, path) => {
    const [protocol, number] = [textOf(port, "protocol") ?? "", numberOf(port, "port") ?? 0];
    const identity = `${protocol}/${number}`;
    if (!seen.has(identity)) {
      seen.add(identity);
      return [];
    }
    // As Go's struct has it.
    const text = { Name: "", Protocol: protocol, AppProtocol: null, Port: number, TargetPort: 0, NodePort: 0 };
    return [{ ...duplicate(path, ""), message: `Duplicate value: ${JSON.stringify(text)}` }];
  });
}

function externalNameCauses(spec: JsonRecord): FieldCause[] {
  const name = (textOf(spec, "externalName") ?? "").replace(/\.$/, "");
  const hasAddress = (textOf(spec, "clusterIP") ?? "") !== "";
  return [
    ...(hasAddress ? [forbidden("spec.clusterIPs", "may not be set for ExternalName services")] : []),
    ...(name === ""
      ? [required("spec.externalName")]
      : subdomainFaults(name).map((fault) => invalid("spec.externalName", name, fault))),
  ];
}

const MAX_AFFINITY_SECONDS = 86_400;

function affinityCauses(spec: JsonRecord): FieldCause[] {
  const seconds = numberOf(recordAt(spec, "sessionAffinityConfig", "clientIP"), "timeoutSeconds");
  const isWrong = seconds !== undefined && (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS);
  const path = "spec.sessionAffinityConfig.clientIP.timeoutSeconds";
  const detail = `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`;
  return [
    ...supportedText(spec, "sessionAffinity", "spec", ["ClientIP", "None"]),
    ...(isWrong ? [invalid(path, seconds, detail)] : []),
  ];
}

function clusterIpCauses(spec: JsonRecord): FieldCause[] {
  const [path, ip, type] = ["spec.clusterIPs[0]", textOf(spec, "clusterIP") ?? "", textOf(spec, "type") ?? ""];
  if (ip === "" || type === "ExternalName") return [];
  if (ip !== "None") return addressFaults(ip).map((fault) => invalid(path, ip, fault));
  return type === "ClusterIP" ? [] : [invalid(path, ip, `may not be set to 'None' for ${type} services`)];
}

function externalIpCauses(ip: unknown, path: string): FieldCause[] {
  const text = String(ip);
  if (!isAddress(text)) return addressFaults(text).map((fault) => invalid(path, ip, fault));
  if (text.startsWith("127.") || text === "::1") {
    return [invalid(path, ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)")];
  }
  return text === "0.0.0.0" || text === "::" ? [invalid(path, ip, `may not be unspecified (${text})`)] : [];
}

function policyCauses(spec: JsonRecord, type: string): FieldCause[] {
  const external = textOf(spec, "externalTrafficPolicy") ?? "";
  const hasOutside = type === "ClusterIP" && elementsOf(spec, "externalIPs").length > 0;
  const isOpen = type === "NodePort" || type === "LoadBalancer" || hasOutside;
  const detail = "may only be set for externally-accessible services";
  return [
    ...(external !== "" && !isOpen ? [invalid("spec.externalTrafficPolicy", external, detail)] : []),
    ...(isOpen ? supportedText(spec, "externalTrafficPolicy", "spec", POLICIES) : []),
    ...supportedText(spec, "internalTrafficPolicy", "spec", POLICIES),
  ];
}

function updateCauses(spec: JsonRecord, old: JsonRecord): FieldCause[] {
  const [now, before] = [textOf(spec, "clusterIP") ?? "", textOf(old, "clusterIP") ?? ""];
  const isInside = textOf(spec, "type") !== "ExternalName" && textOf(old, "type") !== "ExternalName";
  if (!isInside || before === "" || now === "" || now === before) return [];
  return [rawInvalid("spec.clusterIPs[0]", JSON.stringify([now]), "may not change once set")];
}
