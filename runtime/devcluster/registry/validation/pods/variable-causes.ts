import { fieldOf, isRecord, textOf } from "#kernel/json-value.ts";
import { invalid, required, type FieldCause } from "../../../schema/field-causes.ts";
import { configKeyFaults, subdomainFaults, variableNameFaults } from "../name-rules.ts";
import { requiredName, requiredText } from "../field-checks.ts";

const SOURCES = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];
const FIELDS = new Set([
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
]);

/** What is wrong with an element of a container's `env`. */
export function variableCauses(variable: unknown, path: string): FieldCause[] {
  return [...requiredName(variable, "name", path, variableNameFaults), ...valueFromCauses(variable, path)];
}

function valueFromCauses(variable: unknown, path: string): FieldCause[] {
  const from = fieldOf(variable, "valueFrom");
  if (!isRecord(from)) return [];
  const at = `${path}.valueFrom`;
  const used = SOURCES.filter((name) => isRecord(from[name]));
  const fault = sourceFault(used.length, textOf(variable, "value") ?? "");
  return [
    ...used.flatMap((name) => sourceCauses(name, from[name], `${at}.${name}`)),
    ...(fault === undefined ? [] : [invalid(at, "", fault)]),
  ];
}

function sourceFault(used: number, value: string): string | undefined {
  if (used === 0) {
    const all = SOURCES.map((name) => `\`${name}\``);
    return `must specify one of: ${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
  }
  if (value !== "") return "may not be specified when `value` is not empty";
  return used > 1 ? "may not have more than one field specified at a time" : undefined;
}

function sourceCauses(name: string, source: unknown, path: string): FieldCause[] {
  if (name === "fieldRef") return fieldCauses(source, path);
  if (name === "resourceFieldRef") return requiredText(source, "resource", path);
  if (name === "fileKeyRef") return [];
  const of = textOf(source, "name") ?? "";
  return [
    ...subdomainFaults(of).map((fault) => invalid(`${path}.name`, of, fault)),
    ...requiredName(source, "key", path, configKeyFaults),
  ];
}

/** Also of files of the downward API. */
export function fieldCauses(source: unknown, path: string): FieldCause[] {
  const field = textOf(source, "fieldPath") ?? "";
  if (field === "") return [required(`${path}.fieldPath`)];
  if (FIELDS.has(field) || /^metadata\.(?:labels|annotations)(?:\['.+'\])?$/.test(field)) return [];
  return [invalid(`${path}.fieldPath`, field, `error converting fieldPath: field label not supported: ${field}`)];
}

/** What is wrong with an element of a container's `envFrom`. */
export function variableSourceCauses(source: unknown, path: string): FieldCause[] {
  const prefix = textOf(source, "prefix") ?? "";
  const used = ["configMapRef", "secretRef"].filter((name) => isRecord(fieldOf(source, name)));
  const list = path.replace(/\[\d+\]$/, "");
  return [
    ...(prefix === "" ? [] : variableNameFaults(prefix).map((fault) => invalid(`${path}.prefix`, prefix, fault))),
    ...used.flatMap((name) => requiredName(fieldOf(source, name), "name", `${path}.${name}`, subdomainFaults)),
    ...(used.length === 0 ? [invalid(list, "", "must specify one of: `configMapRef` or `secretRef`")] : []),
    ...(used.length > 1 ? [invalid(list, "", "may not have more than one field specified at a time")] : []),
  ];
}
