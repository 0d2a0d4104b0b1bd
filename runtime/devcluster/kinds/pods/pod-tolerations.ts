import { elementsOf, textOf, type JsonRecord } from "#kernel/json-value.ts";

const KEYS = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];
const SECONDS = 300;

/** A pod stays five minutes on a node that is lost (admission plugin `DefaultTolerationSeconds`). */
export function withDefaultTolerations(spec: JsonRecord): JsonRecord {
  const tolerations = elementsOf(spec, "tolerations");
  const missing = KEYS.filter((key) => !tolerations.some((toleration) => tolerates(toleration, key)));
  if (missing.length === 0) return spec;
  const added = missing.map((key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: SECONDS }));
  return { ...spec, tolerations: [...tolerations, ...added] };
}

function tolerates(toleration: unknown, key: string): boolean {
  const { key: own, effect } = { key: textOf(toleration, "key") ?? "", effect: textOf(toleration, "effect") ?? "" };
  return (own === key || own === "") && (effect === "NoExecute" || effect === "");
}
