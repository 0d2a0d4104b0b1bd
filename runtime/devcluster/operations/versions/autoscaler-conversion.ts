import { elementsOf, fieldOf, isRecord, numberOf, parseJson, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { withMembers, withMetadata, type ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";
import type { Conversion } from "./conversion.ts";

/** What `autoscaling/v1` cannot say. Ours holds it as version 2 has it, a real server's in an older form. */
const METRICS = "autoscaling.alpha.kubernetes.io/metrics";
const BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

export const autoscalerConversion: Conversion = { toStored, toServed };

function toServed(autoscaler: ApiObject): ApiObject {
  const { metrics: _metrics, behavior, ...spec } = recordAt(autoscaler, "spec");
  const metrics = elementsOf(autoscaler["spec"], "metrics");
  const others = metrics.filter((metric) => cpuTarget(metric) === undefined);
  const target = metrics.map(cpuTarget).find((percentage) => percentage !== undefined);
  const said = {
    ...(others.length > 0 && { [METRICS]: JSON.stringify(others) }),
    ...(isRecord(behavior) && { [BEHAVIOR]: JSON.stringify(behavior) }),
  };
  return {
    ...withAnnotations(autoscaler, { ...autoscaler.metadata.annotations, ...said }),
    apiVersion: "autoscaling/v1",
    spec: { ...spec, ...(target !== undefined && { targetCPUUtilizationPercentage: target }) },
    status: servedStatus(recordAt(autoscaler, "status")),
  };
}

function toStored(autoscaler: ApiObject): ApiObject {
  const { [METRICS]: metricsText, [BEHAVIOR]: behaviorText, ...annotations } = autoscaler.metadata.annotations ?? {};
  const { targetCPUUtilizationPercentage: target, ...spec } = recordAt(autoscaler, "spec");
  const others = parseJson(metricsText ?? "");
  const behavior = parseJson(behaviorText ?? "");
  const metrics = [
    ...(Array.isArray(others) ? others.filter(isRecord) : []),
    ...(typeof target === "number" ? [cpuMetric(target)] : []),
  ];
  return {
    ...withAnnotations(autoscaler, annotations),
    apiVersion: "autoscaling/v2",
    spec: { ...spec, ...(metrics.length > 0 && { metrics }), ...(isRecord(behavior) && { behavior }) },
    status: storedStatus(recordAt(autoscaler, "status")),
  };
}

function withAnnotations(object: ApiObject, annotations: Readonly<Record<string, string>>): ApiObject {
  return withMetadata(object, { annotations: Object.keys(annotations).length > 0 ? annotations : undefined });
}

function cpuMetric(averageUtilization: number): JsonRecord {
  return { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization } } };
}

function cpuTarget(metric: unknown): number | undefined {
  const resource = fieldOf(metric, "resource");
  const isCpu = textOf(metric, "type") === "Resource" && textOf(resource, "name") === "cpu";
  return isCpu ? numberOf(fieldOf(resource, "target"), "averageUtilization") : undefined;
}

function servedStatus({ currentMetrics, currentReplicas = 0, desiredReplicas = 0, ...status }: JsonRecord): JsonRecord {
  const percentages = elementsOf({ currentMetrics }, "currentMetrics").map((metric) =>
    numberOf(fieldOf(fieldOf(metric, "resource"), "current"), "averageUtilization"),
  );
  const percentage = percentages.find((one) => one !== undefined);
  return {
    ...withMembers(status, { conditions: undefined }),
    currentReplicas,
    desiredReplicas,
    ...(percentage !== undefined && { currentCPUUtilizationPercentage: percentage }),
  };
}

function storedStatus(status: JsonRecord): JsonRecord {
  const { currentCPUUtilizationPercentage: percentage, currentReplicas = 0, desiredReplicas = 0, ...rest } = status;
  const current = { name: "cpu", current: { averageUtilization: percentage } };
  return {
    ...rest,
    currentMetrics: typeof percentage === "number" ? [{ type: "Resource", resource: current }] : null,
    ...(currentReplicas !== 0 && { currentReplicas }),
    desiredReplicas,
  };
}
