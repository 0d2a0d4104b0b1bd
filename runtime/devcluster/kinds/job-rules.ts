import { fieldOf, isRecord, numberOf, type JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../api-object.ts";
import { recordAt } from "../record-at.ts";
import type { KindRules } from "./kind-rules.ts";

const CONTROLLER_UID = "batch.kubernetes.io/controller-uid";
const JOB_NAME = "batch.kubernetes.io/job-name";

export const jobRules: KindRules = {
  // What a Job's pods leave behind is worth keeping, Kubernetes decided, before it had a default for all kinds.
  orphansDependants: true,
  prepareCreate(job) {
    const spec = withDefaults(recordAt(job, "spec"));
    const selected = spec["manualSelector"] === true ? { ...job, spec } : withOwnSelector(job, spec);
    return { ...withTemplateLabels(selected), status: {} };
  },
};

/** Upstream's defaults: one of each, unless a Job says how much it wants at a time. */
function withDefaults(spec: JsonRecord): JsonRecord {
  const { completions, parallelism } = spec;
  const isWorkQueue = completions === undefined && numberOf(spec, "parallelism") !== undefined;
  return {
    completionMode: "NonIndexed",
    suspend: false,
    backoffLimit: fieldOf(spec, "backoffLimitPerIndex") === undefined ? 6 : 2_147_483_647,
    podReplacementPolicy: isRecord(spec["podFailurePolicy"]) ? "Failed" : "TerminatingOrFailed",
    manualSelector: false,
    ...spec,
    parallelism: parallelism ?? 1,
    ...(!isWorkQueue && { completions: completions ?? 1 }),
  };
}

/** A selector that no other Job can have. */
function withOwnSelector(job: ApiObject, spec: JsonRecord): ApiObject {
  const { uid, name } = job.metadata;
  const template = recordAt(spec, "template");
  const metadata = recordAt(template, "metadata");
  const labels = {
    ...recordAt(metadata, "labels"),
    [CONTROLLER_UID]: uid,
    [JOB_NAME]: name,
    "controller-uid": uid,
    "job-name": name,
  };
  const selector = { ...recordAt(spec, "selector") };
  const matchLabels = { ...recordAt(selector, "matchLabels"), [CONTROLLER_UID]: uid };
  return {
    ...job,
    spec: {
      ...spec,
      selector: { ...selector, matchLabels },
      template: { ...template, metadata: { ...metadata, labels } },
    },
  };
}

/** A Job without labels takes those of its pods. */
function withTemplateLabels(job: ApiObject): ApiObject {
  if (Object.keys(job.metadata.labels ?? {}).length > 0) return job;
  const labels = recordAt(job, "spec", "template", "metadata", "labels");
  const texts = Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return { ...job, metadata: { ...job.metadata, labels: Object.fromEntries(texts) } };
}
