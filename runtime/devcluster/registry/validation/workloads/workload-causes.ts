import { elementsOf, fieldOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import {
  forbidden,
  invalid,
  notSupported,
  required,
  rawInvalid,
  type FieldCause,
} from "../../../schema/field-causes.ts";
import { immutable, nonNegative } from "../field-checks.ts";
import { countCauses, isZero, percentCauses } from "../count-causes.ts";
import { selectorCauses } from "../label-causes.ts";
import { selectorOf } from "./selector-of.ts";
import { templateCauses } from "./template-causes.ts";
import { recordAt } from "../../../record-at.ts";

export function deploymentCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  return [
    ...nonNegative(spec, "spec", "replicas"),
    ...ownSelectorCauses(spec, "deployment"),
    ...templateCauses(spec),
    ...strategyCauses(recordAt(spec, "strategy"), "spec.strategy"),
    ...nonNegative(spec, "spec", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"),
    ...deadlineCauses(spec),
    ...(old ? immutable("spec.selector", spec["selector"], recordAt(old, "spec")["selector"]) : []),
  ];
}

export function replicaSetCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  return [
    ...nonNegative(spec, "spec", "replicas", "minReadySeconds"),
    ...ownSelectorCauses(spec, "replicaset"),
    ...templateCauses(spec),
    ...(old ? immutable("spec.selector", spec["selector"], recordAt(old, "spec")["selector"]) : []),
  ];
}

export function daemonSetCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const strategy = recordAt(spec, "updateStrategy");
  return [
    ...(isRecord(spec["selector"]) ? ownSelectorCauses(spec, "daemonset") : []),
    ...templateCauses(spec),
    ...nonNegative(spec, "spec", "minReadySeconds", "revisionHistoryLimit"),
    ...strategyTypeCauses(strategy, "spec.updateStrategy", ["RollingUpdate", "OnDelete"]),
    ...(old ? immutable("spec.selector", spec["selector"], recordAt(old, "spec")["selector"]) : []),
  ];
}

export function statefulSetCauses(object: JsonRecord, old?: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const policy = textOf(spec, "podManagementPolicy") ?? "";
  const before = old ? recordAt(old, "spec") : undefined;
  return [
    ...(["OrderedReady", "Parallel"].includes(policy)
      ? []
      : [invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...setStrategyCauses(recordAt(spec, "updateStrategy")),
    ...nonNegative(spec, "spec", "replicas", "minReadySeconds"),
    ...ownSelectorCauses(spec, "statefulset"),
    ...templateCauses(withClaimedVolumes(spec)),
    ...(before
      ? ["selector", "serviceName", "podManagementPolicy"].flatMap((name) =>
          immutable(`spec.${name}`, spec[name] ?? "", before[name] ?? ""),
        )
      : []),
  ];
}

/** Its pods get a volume for each claim, which containers can mount. */
function withClaimedVolumes(spec: JsonRecord): JsonRecord {
  const template = recordAt(spec, "template");
  const podSpec = recordAt(template, "spec");
  const volumes = elementsOf(podSpec, "volumes");
  const claimed = elementsOf(spec, "volumeClaimTemplates")
    .map((claim) => textOf(fieldOf(claim, "metadata"), "name") ?? "")
    .filter((name) => !volumes.some((volume) => textOf(volume, "name") === name))
    .map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  return { ...spec, template: { ...template, spec: { ...podSpec, volumes: [...volumes, ...claimed] } } };
}

function setStrategyCauses(strategy: JsonRecord): FieldCause[] {
  const type = textOf(strategy, "type") ?? "";
  if (["RollingUpdate", "OnDelete"].includes(type)) return [];
  return [rawInvalid("spec.updateStrategy", goStrategy(type), "must be 'RollingUpdate' or 'OnDelete'")];
}

function ownSelectorCauses(spec: JsonRecord, kind: string): FieldCause[] {
  const selector = spec["selector"];
  if (!isRecord(selector)) return [required("spec.selector")];
  const causes = selectorCauses(selector, "spec.selector");
  if (causes.length > 0) {
    return kind === "deployment" ? [...causes, invalidSelector(selector)] : causes;
  }
  const isEmpty = selectorOf(selector).isEverything;
  return isEmpty ? [invalid("spec.selector", {}, `empty selector is invalid for ${kind}`)] : [];
}

function invalidSelector(selector: JsonRecord): FieldCause {
  return rawInvalid("spec.selector", JSON.stringify(selector), "invalid label selector");
}

function strategyCauses(strategy: JsonRecord, path: string): FieldCause[] {
  const rolling = strategy["rollingUpdate"];
  if (textOf(strategy, "type") === "Recreate") {
    const detail = "may not be specified when strategy `type` is 'Recreate'";
    return isRecord(rolling) ? [forbidden(`${path}.rollingUpdate`, detail)] : [];
  }
  if (textOf(strategy, "type") === "RollingUpdate") return rollingCauses(rolling, `${path}.rollingUpdate`);
  return strategyTypeCauses(strategy, path, ["Recreate", "RollingUpdate"]);
}

function rollingCauses(rolling: unknown, path: string): FieldCause[] {
  const [unavailable, surge] = [fieldOf(rolling, "maxUnavailable"), fieldOf(rolling, "maxSurge")];
  const isStuck = isZero(unavailable) && isZero(surge);
  return [
    ...countCauses(unavailable, `${path}.maxUnavailable`),
    ...countCauses(surge, `${path}.maxSurge`),
    ...(isStuck ? [invalid(`${path}.maxUnavailable`, unavailable, "may not be 0 when `maxSurge` is 0")] : []),
    ...percentCauses(unavailable, `${path}.maxUnavailable`),
  ];
}

function strategyTypeCauses(strategy: JsonRecord, path: string, supported: readonly string[]): FieldCause[] {
  const type = textOf(strategy, "type") ?? "";
  if (supported.includes(type)) return [];
  const cause = notSupported(path, "", supported);
  return [{ ...cause, message: cause.message.replace('""', goStrategy(type)) }];
}

/** As Go's struct has it. */
function goStrategy(type: string): string {
  return JSON.stringify({ Type: type, RollingUpdate: null });
}

function deadlineCauses(spec: JsonRecord): FieldCause[] {
  const deadline = numberOf(spec, "progressDeadlineSeconds");
  if (deadline === undefined || deadline > (numberOf(spec, "minReadySeconds") ?? 0)) return [];
  return [invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds")];
}
