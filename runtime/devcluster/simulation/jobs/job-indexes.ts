import { elementsOf, isRecord, numberOf, textOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../../api-object.ts";
import type { NewObject } from "../../controllers/reconciling/cluster-client.ts";
import { recordAt } from "../../record-at.ts";
import { containersOf, isActive, phaseOf } from "../workloads/pod-facts.ts";
import { podFromTemplate } from "../workloads/pod-from-template.ts";

const INDEX = "batch.kubernetes.io/job-completion-index";

/** Of an Indexed Job the indexes that nobody has done or does. */
export function freeIndexes(job: ApiObject, pods: readonly ApiObject[]): readonly number[] {
  const taken = new Set(pods.filter((pod) => isActive(pod) || phaseOf(pod) === "Succeeded").map(indexOf));
  const completions = numberOf(job["spec"], "completions") ?? 0;
  return Array.from({ length: completions }, (_, index) => index).filter((index) => !taken.has(index));
}

/** `0,2-4`: what `status.completedIndexes` says; `undefined` for a Job without indexes. */
export function completedIndexes(job: ApiObject, pods: readonly ApiObject[]): string | undefined {
  if (textOf(job["spec"], "completionMode") !== "Indexed") return undefined;
  const done = [...new Set(pods.filter((pod) => phaseOf(pod) === "Succeeded").map(indexOf))].sort((a, b) => a - b);
  const starts = done.filter((index) => !done.includes(index - 1));
  return starts
    .map((start) => {
      let end = start;
      while (done.includes(end + 1)) end++;
      return start === end ? String(start) : `${start}-${end}`;
    })
    .join(",");
}

/** The pod that does this index, and knows it. */
export function indexedPod(job: ApiObject, index: number): NewObject {
  const { labels, annotations } = recordAt(job, "spec", "template", "metadata");
  const pod = podFromTemplate(job, {
    generateName: `${job.metadata.name}-${index}-`,
    labels: { ...(isRecord(labels) ? labels : {}), [INDEX]: String(index) },
    annotations: { ...(isRecord(annotations) ? annotations : {}), [INDEX]: String(index) },
  });
  return { ...pod, spec: { ...recordAt(pod, "spec"), ...withIndexVariable(pod) } };
}

function withIndexVariable(pod: JsonRecord): JsonRecord {
  const valueFrom = { fieldRef: { fieldPath: `metadata.labels['${INDEX}']` } };
  const containers = containersOf({ apiVersion: "v1", kind: "Pod", metadata: { name: "" }, ...pod }, "containers");
  return {
    containers: containers.map((container) => ({
      ...container,
      env: [...elementsOf(container, "env"), { name: "JOB_COMPLETION_INDEX", valueFrom }],
    })),
  };
}

function indexOf({ metadata }: ApiObject): number {
  return Number(metadata.annotations?.[INDEX] ?? -1);
}
