import { textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { invalid, required, type FieldCause } from "../../schema/field-causes.ts";
import { kindFault, label1035Faults } from "../validation/name-rules.ts";

const PATH = "spec.names";

/** What is wrong with the names of a CustomResourceDefinition. */
export function nameCauses(names: JsonRecord): FieldCause[] {
  const [kind, listKind] = [textOf(names, "kind") ?? "", textOf(names, "listKind") ?? ""];
  const isSameKind = kind !== "" && kind === listKind;
  return [
    ...["plural", "singular", "kind", "listKind"]
      .filter((name) => !textOf(names, name))
      .map((name) => required(`${PATH}.${name}`)),
    ...labelCauses(`${PATH}.plural`, textOf(names, "plural")),
    ...labelCauses(`${PATH}.singular`, textOf(names, "singular")),
    ...kindCauses(`${PATH}.kind`, kind),
    ...kindCauses(`${PATH}.listKind`, listKind),
    ...textsOf(names, "shortNames").flatMap((name, index) => labelCauses(`${PATH}.shortNames[${index}]`, name)),
    ...(isSameKind ? [invalid(`${PATH}.listKind`, listKind, "kind and listKind may not be the same")] : []),
    ...textsOf(names, "categories").flatMap((name, index) => labelCauses(`${PATH}.categories[${index}]`, name)),
  ];
}

function labelCauses(field: string, name = ""): FieldCause[] {
  return name === "" ? [] : label1035Faults(name).map((fault) => invalid(field, name, fault));
}

function kindCauses(field: string, kind: string): FieldCause[] {
  const fault = kind === "" ? undefined : kindFault(kind);
  return fault === undefined ? [] : [invalid(field, kind, fault)];
}
