import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { forbidden, invalid, notSupported, required, type FieldCause } from "../../../schema/field-causes.ts";
import { label1035Faults, subdomainFaults, wildcardFaults } from "../name-rules.ts";
import { cidrFaults, isAddress } from "../address-faults.ts";
import { eachOf, immutable, requiredText } from "../field-checks.ts";
import { selectorCauses } from "../label-causes.ts";
import { portOrNameCauses } from "../pods/probe-causes.ts";
import { recordAt } from "../../../record-at.ts";

const PATH_TYPES = ["Exact", "ImplementationSpecific", "Prefix"];

export function ingressCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const hasBackend = isRecord(spec["defaultBackend"]);
  if (!hasBackend && elementsOf(spec, "rules").length === 0) {
    return [invalid("spec", null, "either `defaultBackend` or `rules` must be specified")];
  }
  return [
    ...(hasBackend ? backendCauses(recordAt(spec, "defaultBackend"), "spec.defaultBackend") : []),
    ...eachOf(spec, "rules", "spec.rules", ingressRuleCauses),
    ...eachOf(spec, "tls", "spec.tls", (tls, path) =>
      eachOf(tls, "hosts", `${path}.hosts`, (host, at) =>
        hostFaults(String(host)).map((fault) => invalid(at, host, fault)),
      ),
    ),
  ];
}

function ingressRuleCauses(rule: unknown, path: string): FieldCause[] {
  const host = textOf(rule, "host") ?? "";
  const http = fieldOf(rule, "http");
  const hostCauses = isAddress(host)
    ? [invalid(`${path}.host`, host, "must be a DNS name, not an IP address")]
    : host === ""
      ? []
      : hostFaults(host).map((fault) => invalid(`${path}.host`, host, fault));
  if (!isRecord(http)) return hostCauses;
  const paths = `${path}.http.paths`;
  return [
    ...hostCauses,
    ...(elementsOf(http, "paths").length === 0 ? [required(paths)] : eachOf(http, "paths", paths, httpPathCauses)),
  ];
}

function hostFaults(host: string): string[] {
  return host.includes("*") ? wildcardFaults(host) : subdomainFaults(host);
}

function httpPathCauses(path: unknown, at: string): FieldCause[] {
  const type = textOf(path, "pathType");
  return [
    ...(type === undefined ? [required(`${at}.pathType`, "pathType must be specified")] : []),
    ...(type !== undefined && PATH_TYPES.includes(type) ? pathCauses(textOf(path, "path") ?? "", type, at) : []),
    ...(type !== undefined && !PATH_TYPES.includes(type) ? [notSupported(`${at}.pathType`, type, PATH_TYPES)] : []),
    ...backendCauses(recordAt(path, "backend"), `${at}.backend`),
  ];
}

const NOT_IN_PATHS = ["//", "/./", "/../", "%2f", "%2F"];

function pathCauses(path: string, type: string, at: string): FieldCause[] {
  if (type === "ImplementationSpecific" && path === "") return [];
  const field = `${at}.path`;
  if (!path.startsWith("/")) return [invalid(field, path, "must be an absolute path")];
  if (type === "ImplementationSpecific") return [];
  return [
    ...NOT_IN_PATHS.filter((part) => path.includes(part)).map((part) =>
      invalid(field, path, `must not contain '${part}'`),
    ),
    ...["/..", "/."].filter((end) => path.endsWith(end)).map((end) => invalid(field, path, `cannot end with '${end}'`)),
  ];
}

function backendCauses(backend: JsonRecord, path: string): FieldCause[] {
  const service = backend["service"];
  if (isRecord(backend["resource"]) && isRecord(service)) {
    return [invalid(path, "", "cannot set both resource and service backends")];
  }
  if (isRecord(backend["resource"])) return [];
  if (!isRecord(service)) return [invalid(path, "", "resource or service backend is required")];
  const name = textOf(service, "name") ?? "";
  const port = recordAt(service, "port");
  const hasPort = (textOf(port, "name") ?? "") !== "" || (fieldOf(port, "number") ?? 0) !== 0;
  return [
    ...requiredText(service, "name", `${path}.service`),
    ...(name === "" ? [] : label1035Faults(name).map((fault) => invalid(`${path}.service.name`, name, fault))),
    ...(hasPort
      ? portOrNameCauses(portOf(port), portPath(port, path))
      : [required(path, "port name or number is required")]),
  ];
}

function portOf(port: JsonRecord): unknown {
  return textOf(port, "name") ? port["name"] : port["number"];
}

function portPath(port: JsonRecord, path: string): string {
  return `${path}.service.port.${textOf(port, "name") ? "name" : "number"}`;
}

export function ingressClassCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  return [
    ...requiredText(spec, "controller", "spec"),
    ...(old ? immutable("spec.controller", spec["controller"], recordAt(old, "spec")["controller"]) : []),
  ];
}

const POLICY_TYPES = ["Ingress", "Egress"];
const PROTOCOLS = ["TCP", "UDP", "SCTP"];

export function networkPolicyCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  return [
    ...selectorCauses(spec["podSelector"], "spec.podSelector"),
    ...eachOf(spec, "ingress", "spec.ingress", (rule, path) => policyRuleCauses(rule, "from", path)),
    ...eachOf(spec, "egress", "spec.egress", (rule, path) => policyRuleCauses(rule, "to", path)),
    ...eachOf(spec, "policyTypes", "spec.policyTypes", (type, path) =>
      POLICY_TYPES.includes(String(type)) ? [] : [notSupported(path, type, POLICY_TYPES)],
    ),
  ];
}

function policyRuleCauses(rule: unknown, peers: string, path: string): FieldCause[] {
  return [
    ...eachOf(rule, "ports", `${path}.ports`, (port, at) => {
      const protocol = textOf(port, "protocol") ?? "TCP";
      return [
        ...(PROTOCOLS.includes(protocol) ? [] : [notSupported(`${at}.protocol`, protocol, PROTOCOLS)]),
        ...portOrNameCauses(fieldOf(port, "port"), `${at}.port`),
      ];
    }),
    ...eachOf(rule, peers, `${path}.${peers}`, peerCauses),
  ];
}

function peerCauses(peer: unknown, path: string): FieldCause[] {
  const block = fieldOf(peer, "ipBlock");
  const selectors = ["podSelector", "namespaceSelector"].filter((name) => isRecord(fieldOf(peer, name)));
  const cidr = textOf(block, "cidr") ?? "";
  if (!isRecord(block) && selectors.length === 0) return [required(path, "must specify a peer")];
  return [
    ...selectors.flatMap((name) => selectorCauses(fieldOf(peer, name), `${path}.${name}`)),
    ...(isRecord(block) ? cidrFaults(cidr).map((fault) => invalid(`${path}.ipBlock.cidr`, cidr, fault)) : []),
    ...(isRecord(block) && selectors.length > 0
      ? [forbidden(path, "may not specify both ipBlock and another peer")]
      : []),
  ];
}
