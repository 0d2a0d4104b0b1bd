import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { duplicate, forbidden, invalid, required, type FieldCause } from "../../../schema/field-causes.ts";
import { labelFaults } from "../name-rules.ts";
import { milliOf } from "../../../schema/decoding/quantity.ts";
import { eachOf, requiredName, requiredText, within } from "../field-checks.ts";
import { descendingPathCauses } from "./mount-causes.ts";
import { fieldCauses } from "./variable-causes.ts";

const MAX_MODE = 0o777;

/** What is wrong with a pod's `volumes`. */
export function volumeCauses(spec: JsonRecord, path: string): FieldCause[] {
  const names = new Set<string>();
  return eachOf(spec, "volumes", `${path}.volumes`, (volume, at) => {
    const name = textOf(volume, "name") ?? "";
    const again = name !== "" && names.has(name) ? [duplicate(`${at}.name`, name)] : [];
    names.add(name);
    return [...sourceCauses(volume, at), ...requiredName(volume, "name", at, labelFaults), ...again];
  });
}

type Causes = (source: unknown, path: string) => FieldCause[];

/** In the order in which the server looks for them. */
const SOURCES: Readonly<Record<string, Causes>> = {
  emptyDir: emptyDirCauses,
  hostPath: hostPathCauses,
  gitRepo: (source, path) => requiredText(source, "repository", path),
  secret: (source, path) => filesCauses(source, path, "secretName"),
  nfs: nfsCauses,
  persistentVolumeClaim: (source, path) => requiredText(source, "claimName", path),
  configMap: (source, path) => filesCauses(source, path, "name"),
  downwardAPI: downwardCauses,
  csi: (source, path) => requiredText(source, "driver", path),
  projected: projectedCauses,
  ephemeral: (source, path) =>
    isRecord(fieldOf(source, "volumeClaimTemplate")) ? [] : [required(`${path}.volumeClaimTemplate`)],
  image: () => [],
};

function sourceCauses(volume: unknown, path: string): FieldCause[] {
  const [first, ...others] = Object.keys(SOURCES).filter((name) => isRecord(fieldOf(volume, name)));
  if (first === undefined) return [];
  return [
    ...(SOURCES[first]?.(fieldOf(volume, first), `${path}.${first}`) ?? []),
    ...others.map((name) => forbidden(`${path}.${name}`, "may not specify more than 1 volume type")),
  ];
}

function emptyDirCauses(source: unknown, path: string): FieldCause[] {
  const isNegative = (milliOf(fieldOf(source, "sizeLimit")) ?? 0n) < 0n;
  return isNegative ? [forbidden(`${path}.sizeLimit`, "SizeLimit field must be a valid resource quantity")] : [];
}

function hostPathCauses(source: unknown, path: string): FieldCause[] {
  const target = textOf(source, "path") ?? "";
  if (target === "") return [required(`${path}.path`)];
  return target.split("/").includes("..") ? [invalid(`${path}.path`, target, "must not contain '..'")] : [];
}

function nfsCauses(source: unknown, path: string): FieldCause[] {
  const target = textOf(source, "path") ?? "";
  return [
    ...requiredText(source, "server", path),
    ...requiredText(source, "path", path),
    ...(target.startsWith("/") ? [] : [invalid(`${path}.path`, target, "must be an absolute path")]),
  ];
}

/** Of config maps and secrets. @param name of the member that names them */
function filesCauses(source: unknown, path: string, name: string): FieldCause[] {
  return [
    ...requiredText(source, name, path),
    ...modeCauses(source, "defaultMode", path),
    ...eachOf(source, "items", `${path}.items`, itemCauses),
  ];
}

function itemCauses(item: unknown, path: string): FieldCause[] {
  return [...requiredText(item, "key", path), ...filePathCauses(item, path), ...modeCauses(item, "mode", path)];
}

function filePathCauses(item: unknown, path: string): FieldCause[] {
  const target = textOf(item, "path") ?? "";
  if (target === "") return [required(`${path}.path`)];
  const isHidden = target.startsWith("..") && !target.split("/").includes("..");
  return [
    ...descendingPathCauses(target, `${path}.path`),
    ...(isHidden ? [invalid(`${path}.path`, target, "must not start with '..'")] : []),
  ];
}

function modeCauses(source: unknown, name: string, path: string): FieldCause[] {
  const isWrong = within(fieldOf(source, name), `${path}.${name}`, 0, MAX_MODE).length > 0;
  const detail = "must be a number between 0 and 0777 (octal), both inclusive";
  return isWrong ? [invalid(`${path}.${name}`, fieldOf(source, name), detail)] : [];
}

/** The server leaves the index of the file out. */
function downwardCauses(source: unknown, path: string): FieldCause[] {
  return [
    ...modeCauses(source, "defaultMode", path),
    ...elementsOf(source, "items").flatMap((file) => {
      const [field, resource] = [fieldOf(file, "fieldRef"), fieldOf(file, "resourceFieldRef")];
      return [
        ...filePathCauses(file, path),
        ...(isRecord(field) ? fieldCauses(field, `${path}.fieldRef`) : []),
        ...(isRecord(field) || isRecord(resource)
          ? []
          : [required(path, "one of fieldRef and resourceFieldRef is required")]),
        ...modeCauses(file, "mode", path),
      ];
    }),
  ];
}

function projectedCauses(source: unknown, path: string): FieldCause[] {
  return [
    ...modeCauses(source, "defaultMode", path),
    ...eachOf(source, "sources", `${path}.sources`, (one, at) => [
      ...(isRecord(fieldOf(one, "configMap")) ? filesCauses(fieldOf(one, "configMap"), `${at}.configMap`, "name") : []),
      ...(isRecord(fieldOf(one, "secret")) ? filesCauses(fieldOf(one, "secret"), `${at}.secret`, "name") : []),
      ...(isRecord(fieldOf(one, "serviceAccountToken"))
        ? requiredText(fieldOf(one, "serviceAccountToken"), "path", `${at}.serviceAccountToken`)
        : []),
    ]),
  ];
}
