import { elementsOf, isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { withAbsent } from "./with-absent.ts";

const PERCENT_POLICY = { type: "Percent", value: 100, periodSeconds: 15 };
const PODS_POLICY = { type: "Pods", value: 4, periodSeconds: 15 };
const CPU_METRIC = {
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
};

export function withAutoscalerDefaults(spec: JsonRecord): JsonRecord {
  return elementsOf(spec, "metrics").length > 0 ? spec : { ...spec, metrics: [CPU_METRIC] };
}

export function withBehaviorDefaults(behavior: JsonRecord): JsonRecord {
  const { scaleUp, scaleDown } = behavior;
  return {
    ...behavior,
    scaleUp: withAbsent(ruleOf(scaleUp), {
      stabilizationWindowSeconds: 0,
      selectPolicy: "Max",
      policies: [PODS_POLICY, PERCENT_POLICY],
    }),
    scaleDown: withAbsent(ruleOf(scaleDown), { selectPolicy: "Max", policies: [PERCENT_POLICY] }),
  };
}

function ruleOf(rules: unknown): JsonRecord {
  return isRecord(rules) ? rules : {};
}
