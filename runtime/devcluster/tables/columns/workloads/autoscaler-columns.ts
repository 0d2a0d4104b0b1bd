import type { ApiObject } from "../../../api-object.ts";
import { AGE, NAME, NONE, text, UNKNOWN, UNSET, type Column } from "../../column.ts";
import { fieldAt, hasAt, listAt, numberAt, textAt } from "../../cells/object-fields.ts";

const METRICS_SHOWN = 2;

export const AUTOSCALERS: readonly Column[] = autoscalerColumns(metricTexts);

/** `autoscaling/v1` knows the CPU only. */
export const AUTOSCALERS_V1: readonly Column[] = autoscalerColumns((autoscaler) => {
  const target = fieldAt(autoscaler, "spec.targetCPUUtilizationPercentage");
  const current = fieldAt(autoscaler, "status.currentCPUUtilizationPercentage");
  return typeof target === "number" ? [`cpu: ${percent(current, UNKNOWN)}/${target}%`] : [];
});

function autoscalerColumns(metrics: (autoscaler: ApiObject) => readonly string[]): readonly Column[] {
  return [
    NAME,
    text("Reference", (autoscaler) => {
      const target = fieldAt(autoscaler, "spec.scaleTargetRef");
      return `${textAt(target, "kind")}/${textAt(target, "name")}`;
    }),
    text("Targets", (autoscaler) => metricsText(metrics(autoscaler))),
    text("MinPods", (autoscaler) =>
      hasAt(autoscaler, "spec.minReplicas") ? `${numberAt(autoscaler, "spec.minReplicas")}` : UNSET,
    ),
    text("MaxPods", (autoscaler) => numberAt(autoscaler, "spec.maxReplicas")),
    text("Replicas", (autoscaler) => numberAt(autoscaler, "status.currentReplicas")),
    AGE,
  ];
}

function metricsText(metrics: readonly string[]): string {
  if (metrics.length === 0) return NONE;
  const shown = metrics.slice(0, METRICS_SHOWN).join(", ");
  return metrics.length > METRICS_SHOWN ? `${shown} + ${metrics.length - METRICS_SHOWN} more...` : shown;
}

/** Where each type of metric has its members. */
const MEMBERS: Readonly<Record<string, string>> = {
  External: "external",
  Pods: "pods",
  Object: "object",
  Resource: "resource",
  ContainerResource: "containerResource",
};

function metricTexts(autoscaler: ApiObject): string[] {
  const current = listAt(autoscaler, "status.currentMetrics");
  return listAt(autoscaler, "spec.metrics").map((metric, index) => {
    const type = textAt(metric, "type");
    const member = MEMBERS[type];
    if (member === undefined) return "<unknown type>";
    const [wanted, is] = [fieldAt(metric, member), fieldAt(current[index], `${member}.current`)];
    if (type === "Pods") return `${textAt(is, "averageValue") || UNKNOWN}/${textAt(wanted, "target.averageValue")}`;
    return type === "External" || type === "Object" ? valueText(wanted, is) : resourceText(wanted, is);
  });
}

function valueText(wanted: unknown, is: unknown): string {
  if (hasAt(wanted, "target.averageValue"))
    return `${textAt(is, "averageValue") || UNKNOWN}/${textAt(wanted, "target.averageValue")} (avg)`;
  return `${textAt(is, "value") || UNKNOWN}/${textAt(wanted, "target.value")}`;
}

function resourceText(wanted: unknown, is: unknown): string {
  const name = textAt(wanted, "name");
  if (hasAt(wanted, "target.averageValue"))
    return `${name}: ${textAt(is, "averageValue") || UNKNOWN}/${textAt(wanted, "target.averageValue")}`;
  const target = percent(fieldAt(wanted, "target.averageUtilization"), "<auto>");
  return `${name}: ${percent(fieldAt(is, "averageUtilization"), UNKNOWN)}/${target}`;
}

function percent(value: unknown, otherwise: string): string {
  return typeof value === "number" ? `${value}%` : otherwise;
}
