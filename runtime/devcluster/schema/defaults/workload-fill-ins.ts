import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { recordAt } from "../../record-at.ts";
import { withAbsent } from "./with-absent.ts";

export function withRollingUpdate(strategy: JsonRecord): JsonRecord {
  const isRolling = (textOf(strategy, "type") ?? "RollingUpdate") === "RollingUpdate";
  return isRolling ? withAbsent(strategy, { rollingUpdate: {} }) : strategy;
}

const GENERATION = "deprecated.daemonset.template.generation";

export function withTemplateGeneration(set: JsonRecord): JsonRecord {
  const metadata = recordAt(set, "metadata");
  const annotations = withAbsent(recordAt(metadata, "annotations"), { [GENERATION]: "1" });
  return { ...set, metadata: { ...metadata, annotations } };
}

const BACKOFF_LIMIT = 6;
const BACKOFF_LIMIT_PER_INDEX = 2_147_483_647;

export function withJobDefaults(job: JsonRecord): JsonRecord {
  const spec = recordAt(job, "spec");
  const labels = fieldOf(fieldOf(fieldOf(spec, "template"), "metadata"), "labels");
  const isSingle = fieldOf(spec, "completions") === undefined && fieldOf(spec, "parallelism") === undefined;
  const filled = withAbsent(spec, {
    completions: isSingle ? 1 : undefined,
    parallelism: 1,
    backoffLimit: fieldOf(spec, "backoffLimitPerIndex") === undefined ? BACKOFF_LIMIT : BACKOFF_LIMIT_PER_INDEX,
    completionMode: "NonIndexed",
    suspend: false,
    podReplacementPolicy: fieldOf(spec, "podFailurePolicy") === undefined ? "TerminatingOrFailed" : "Failed",
    manualSelector: false,
  });
  return { ...(isRecord(labels) ? withOwnLabels(job, labels) : job), spec: filled };
}

export function withClaimKinds(spec: JsonRecord): JsonRecord {
  const templates = elementsOf(spec, "volumeClaimTemplates");
  if (templates.length === 0) return spec;
  const kind = { kind: "PersistentVolumeClaim", apiVersion: "v1" };
  return { ...spec, volumeClaimTemplates: templates.map((one) => (isRecord(one) ? { ...one, ...kind } : one)) };
}

/** Replication controllers and jobs have what their pods have. */
export function withTemplateLabels(owner: JsonRecord): JsonRecord {
  const spec = recordAt(owner, "spec");
  const labels = fieldOf(fieldOf(fieldOf(spec, "template"), "metadata"), "labels");
  if (!isRecord(labels)) return owner;
  const selector = Object.keys(recordAt(spec, "selector")).length > 0 ? {} : { selector: labels };
  return { ...withOwnLabels(owner, labels), spec: { ...spec, ...selector } };
}

function withOwnLabels(owner: JsonRecord, labels: JsonRecord): JsonRecord {
  return { ...owner, metadata: withAbsent(recordAt(owner, "metadata"), { labels }) };
}
