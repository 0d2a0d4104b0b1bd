import { elementsOf, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { invalid, notSupported, required, rawInvalid, type FieldCause } from "../../../schema/field-causes.ts";
import { goText } from "../../../schema/go-text.ts";
import { pathSegmentFaults, subdomainFaults } from "../name-rules.ts";
import { eachOf } from "../field-checks.ts";
import { recordAt } from "../../../record-at.ts";

const GROUP = "rbac.authorization.k8s.io";
const SUBJECTS = ["ServiceAccount", "User", "Group"];

export function roleCauses(object: JsonRecord): FieldCause[] {
  return eachOf(object, "rules", "rules", (rule, path) => ruleCauses(rule, path, true));
}

export function clusterRoleCauses(object: JsonRecord): FieldCause[] {
  return eachOf(object, "rules", "rules", (rule, path) => ruleCauses(rule, path, false));
}

function ruleCauses(rule: unknown, path: string, namespaced: boolean): FieldCause[] {
  const has = (name: string): boolean => elementsOf(rule, name).length > 0;
  const verbs = has("verbs") ? [] : [required(`${path}.verbs`)];
  if (has("nonResourceURLs")) return [...verbs, ...urlCauses(rule, path, namespaced)];
  return [
    ...verbs,
    ...(has("apiGroups") ? [] : [required(`${path}.apiGroups`, "resource rules must supply at least one api group")]),
    ...(has("resources") ? [] : [required(`${path}.resources`, "resource rules must supply at least one resource")]),
  ];
}

function urlCauses(rule: unknown, path: string, namespaced: boolean): FieldCause[] {
  const urls = textsOf(rule, "nonResourceURLs");
  const isMixed = ["apiGroups", "resources", "resourceNames"].some((name) => elementsOf(rule, name).length > 0);
  const field = `${path}.nonResourceURLs`;
  return [
    ...(namespaced ? [invalid(field, urls, "namespaced rules cannot apply to non-resource URLs")] : []),
    ...(!namespaced && isMixed
      ? [invalid(field, urls, "rules cannot apply to both regular resources and non-resource URLs")]
      : []),
  ];
}

/** @param kinds of roles that may be bound */
export function bindingCauses(kinds: readonly string[]): (object: JsonRecord, old?: JsonRecord) => FieldCause[] {
  return (object, old) => {
    const role = recordAt(object, "roleRef");
    return [
      ...roleRefCauses(role, kinds),
      ...eachOf(object, "subjects", "subjects", (subject, path) => subjectCauses(subject, path, kinds.length === 1)),
      ...(old ? roleChangeCauses(role, recordAt(old, "roleRef")) : []),
    ];
  };
}

function roleRefCauses(role: JsonRecord, kinds: readonly string[]): FieldCause[] {
  const [group, kind, name] = ["apiGroup", "kind", "name"].map((member) => textOf(role, member) ?? "");
  return [
    ...(group === GROUP ? [] : [notSupported("roleRef.apiGroup", group, [GROUP])]),
    ...(kinds.includes(kind ?? "") ? [] : [notSupported("roleRef.kind", kind, kinds)]),
    ...(name
      ? pathSegmentFaults(name).map((fault) => invalid("roleRef.name", name, fault))
      : [required("roleRef.name")]),
  ];
}

function subjectCauses(subject: unknown, path: string, needsNamespace: boolean): FieldCause[] {
  const [kind, name] = [textOf(subject, "kind") ?? "", textOf(subject, "name") ?? ""];
  const group = textOf(subject, "apiGroup") ?? "";
  const isAccount = kind === "ServiceAccount";
  const wanted = isAccount ? "" : GROUP;
  const lacksNamespace = isAccount && needsNamespace && !textOf(subject, "namespace");
  return [
    ...(name === "" ? [required(`${path}.name`)] : []),
    ...(isAccount && name !== "" ? subdomainFaults(name).map((fault) => invalid(`${path}.name`, name, fault)) : []),
    ...(SUBJECTS.includes(kind) ? [] : [notSupported(`${path}.kind`, kind, SUBJECTS)]),
    ...(SUBJECTS.includes(kind) && group !== wanted ? [notSupported(`${path}.apiGroup`, group, [wanted])] : []),
    ...(lacksNamespace ? [required(`${path}.namespace`)] : []),
  ];
}

function roleChangeCauses(role: JsonRecord, old: JsonRecord): FieldCause[] {
  if (goText(role) === goText(old)) return [];
  // As Go's struct has it.
  const text = JSON.stringify({ APIGroup: role["apiGroup"], Kind: role["kind"], Name: role["name"] });
  return [rawInvalid("roleRef", text, "field is immutable")];
}
