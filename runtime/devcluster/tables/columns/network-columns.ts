import type { ApiObject } from "../../api-object.ts";
import { AGE, field, NAME, nameWithDefault, NONE, text, type Column } from "../column.ts";
import { fieldAt, hasAt, listAt, textAt, textsAt } from "../cells/object-fields.ts";
import { selectorCell } from "../cells/labels-text.ts";
import { loadBalancerText } from "./service-columns.ts";

const HOSTS_SHOWN = 3;

export const INGRESSES: readonly Column[] = [
  NAME,
  text("Class", field("spec.ingressClassName", NONE)),
  text("Hosts", hosts),
  text("Address", loadBalancerText),
  text("Ports", (ingress) => (listAt(ingress, "spec.tls").length > 0 ? "80, 443" : "80")),
  AGE,
];

export const INGRESS_CLASSES: readonly Column[] = [
  nameWithDefault("ingressclass.kubernetes.io/is-default-class"),
  text("Controller", field("spec.controller")),
  text("Parameters", (ingressClass) => {
    const parameters = fieldAt(ingressClass, "spec.parameters");
    if (!hasAt(ingressClass, "spec.parameters")) return NONE;
    const group = textAt(parameters, "apiGroup");
    return `${textAt(parameters, "kind")}${group === "" ? "" : `.${group}`}/${textAt(parameters, "name")}`;
  }),
  AGE,
];

export const NETWORK_POLICIES: readonly Column[] = [
  NAME,
  text("Pod-Selector", (policy) => selectorCell(fieldAt(policy, "spec.podSelector"))),
  AGE,
];

export const IP_ADDRESSES: readonly Column[] = [
  NAME,
  text("ParentRef", (address) => {
    const parent = fieldAt(address, "spec.parentRef");
    const names = [textAt(parent, "namespace"), textAt(parent, "name")].filter((name) => name !== "");
    return [[textAt(parent, "resource"), textAt(parent, "group")].filter(Boolean).join("."), ...names].join("/");
  }),
];

export const SERVICE_CIDRS: readonly Column[] = [
  NAME,
  text("CIDRs", (cidr) => textsAt(cidr, "spec.cidrs").join(",")),
  AGE,
];

function hosts(ingress: ApiObject): string {
  const rules = listAt(ingress, "spec.rules");
  const named = rules.map((rule) => textAt(rule, "host")).filter((host) => host !== "");
  if (named.length === 0) return "*";
  const shown = named.slice(0, HOSTS_SHOWN).join(",");
  return named.length >= HOSTS_SHOWN && rules.length > HOSTS_SHOWN
    ? `${shown} + ${rules.length - HOSTS_SHOWN} more...`
    : shown;
}
