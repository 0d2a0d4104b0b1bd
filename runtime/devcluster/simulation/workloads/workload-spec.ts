/** What the specs of ReplicaSets, Deployments, StatefulSets, DaemonSets and Jobs have in common. */
import { isRecord, numberOf } from "#kernel/json-value.ts";
import { labelSelectorOf, type LabelSelector, type LabelSelectorObject } from "#resources/label-selector.ts";
import type { ApiObject } from "../../api-object.ts";
import { recordAt } from "../../record-at.ts";

export function replicasOf({ spec }: ApiObject): number {
  return numberOf(spec, "replicas") ?? 1;
}

export function selectorOf(workload: ApiObject): LabelSelector {
  const { selector } = recordAt(workload, "spec");
  return labelSelectorOf(isRecord(selector) ? (selector satisfies LabelSelectorObject) : undefined);
}

/** One that does not would make pods for ever. */
export function selectsItsPods(workload: ApiObject): boolean {
  const labels = recordAt(workload, "spec", "template", "metadata", "labels");
  const texts = Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return selectorOf(workload).matches(Object.fromEntries(texts));
}
