import { fieldOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { duplicate, invalid, required, rawInvalid, type FieldCause } from "../../../schema/field-causes.ts";
import { labelFaults, portNameFaults } from "../name-rules.ts";
import { eachOf, portCauses, requiredName, supportedText, within } from "../field-checks.ts";
import { mountCauses } from "./mount-causes.ts";
import { probeCauses } from "./probe-causes.ts";
import { resourceCauses } from "./resource-causes.ts";
import { variableCauses, variableSourceCauses } from "./variable-causes.ts";
import { recordAt } from "../../../record-at.ts";

const INT32_MAX = 2_147_483_647;

/** What is wrong with a container. @param volumes the names of its pod's volumes @param isMain no init container */
export function containerCauses(
  container: unknown,
  volumes: ReadonlySet<string>,
  path: string,
  isMain: boolean,
): FieldCause[] {
  const image = textOf(container, "image") ?? "";
  const isPadded = image !== image.trim();
  return [
    ...requiredName(container, "name", path, labelFaults),
    ...(image === "" ? [required(`${path}.image`)] : []),
    ...(isPadded ? [invalid(`${path}.image`, image, "must not have leading or trailing whitespace")] : []),
    ...supportedText(container, "terminationMessagePolicy", path, ["File", "FallbackToLogsOnError"]),
    ...portListCauses(container, `${path}.ports`),
    ...eachOf(container, "env", `${path}.env`, variableCauses),
    ...eachOf(container, "envFrom", `${path}.envFrom`, variableSourceCauses),
    ...mountCauses(container, volumes, path),
    ...supportedText(container, "imagePullPolicy", path, ["Always", "IfNotPresent", "Never"]),
    ...resourceCauses(recordAt(container, "resources"), `${path}.resources`),
    ...securityCauses(fieldOf(container, "securityContext"), `${path}.securityContext`),
    ...(isMain ? probesCauses(container, path) : []),
  ];
}

function probesCauses(container: unknown, path: string): FieldCause[] {
  return ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((name) => {
    const probe = fieldOf(container, name);
    return isRecord(probe) ? probeCauses(probe, `${path}.${name}`, name !== "readinessProbe") : [];
  });
}

function portListCauses(container: unknown, path: string): FieldCause[] {
  const names = new Set<string>();
  return eachOf(container, "ports", path, (port, at) => {
    const name = textOf(port, "name") ?? "";
    const faults = name === "" ? [] : portNameFaults(name);
    const isAgain = faults.length === 0 && name !== "" && names.has(name);
    names.add(name);
    return [
      ...faults.map((fault) => invalid(`${at}.name`, name, fault)),
      ...(isAgain ? [duplicate(`${at}.name`, name)] : []),
      ...containerPortCauses(port, at),
    ];
  });
}

function containerPortCauses(port: unknown, path: string): FieldCause[] {
  const hostPort = numberOf(port, "hostPort") ?? 0;
  const containerPort = numberOf(port, "containerPort") ?? 0;
  return [
    ...(containerPort === 0 ? [required(`${path}.containerPort`)] : portCauses(containerPort, `${path}.containerPort`)),
    ...(hostPort === 0 ? [] : portCauses(hostPort, `${path}.hostPort`)),
    ...supportedText(port, "protocol", path, ["SCTP", "TCP", "UDP"]),
  ];
}

function securityCauses(context: unknown, path: string): FieldCause[] {
  if (!isRecord(context)) return [];
  const isPrivileged = context["privileged"] === true && context["allowPrivilegeEscalation"] === false;
  const detail = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
  return [
    ...["runAsUser", "runAsGroup"].flatMap((name) => within(context[name], `${path}.${name}`, 0, INT32_MAX)),
    ...(isPrivileged ? [rawInvalid(path, goContext(context), detail)] : []),
  ];
}

/** As Go's struct has it. */
function goContext(context: JsonRecord): string {
  const names = [
    "capabilities",
    "privileged",
    "seLinuxOptions",
    "windowsOptions",
    "runAsUser",
    "runAsGroup",
    "runAsNonRoot",
    "readOnlyRootFilesystem",
    "allowPrivilegeEscalation",
    "procMount",
    "seccompProfile",
    "appArmorProfile",
  ];
  const goName = (name: string): string =>
    name === "seLinuxOptions" ? "SELinuxOptions" : `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`;
  return JSON.stringify(Object.fromEntries(names.map((name) => [goName(name), context[name] ?? null])));
}
