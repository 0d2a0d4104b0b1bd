import { fieldOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { invalid, notSupported, required, type FieldCause } from "../../../schema/field-causes.ts";
import { pathSegmentFaults } from "../name-rules.ts";
import { eachOf, requiredName } from "../field-checks.ts";
import { recordAt } from "../../../record-at.ts";

const METRICS = ["ContainerResource", "External", "Object", "Pods", "Resource"];

export function autoscalerCauses(object: JsonRecord): FieldCause[] {
  const spec = recordAt(object, "spec");
  const target = recordAt(spec, "scaleTargetRef");
  const [minimum, maximum] = [numberOf(spec, "minReplicas") ?? 1, numberOf(spec, "maxReplicas") ?? 0];
  const isGrouped = (textOf(target, "apiVersion") ?? "").includes("/") || textOf(target, "apiVersion") === "v1";
  const [ref, apiVersion] = ["spec.scaleTargetRef", textOf(target, "apiVersion") ?? ""];
  return [
    ...(minimum < 1 ? [invalid("spec.minReplicas", minimum, "must be greater than or equal to 1")] : []),
    ...(maximum < minimum
      ? [invalid("spec.maxReplicas", maximum, "must be greater than or equal to `minReplicas`")]
      : []),
    ...requiredName(target, "kind", ref, pathSegmentFaults),
    ...requiredName(target, "name", ref, pathSegmentFaults),
    ...(isGrouped ? [] : [invalid(`${ref}.apiVersion`, apiVersion, "apiVersion must specify API group")]),
    ...(maximum === 0 ? [required("spec.maxReplicas")] : []),
    ...eachOf(spec, "metrics", "spec.metrics", metricCauses),
  ];
}

function metricCauses(metric: unknown, path: string): FieldCause[] {
  const type = textOf(metric, "type") ?? "";
  if (!METRICS.includes(type)) return [notSupported(`${path}.type`, type, METRICS)];
  const source = `${type[0]?.toLowerCase() ?? ""}${type.slice(1)}`;
  if (isRecord(fieldOf(metric, source))) return [];
  return [required(`${path}.${source}`, "must populate information for the given metric source")];
}
