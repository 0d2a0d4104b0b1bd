import { elementsOf, fieldOf, isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { metadataOf, withMetadata, type ApiObject } from "../../../api-object.ts";
import { StatusError } from "../../../api-status.ts";
import { recordAt } from "../../../record-at.ts";
import { badRequest } from "../../api-errors.ts";
import type { Target, WriteOptions, WriteResult } from "../../api-operations.ts";
import type { OperationsContext } from "../../operations-context.ts";
import { currentObject } from "../../reading/current-object.ts";
import { requireWritableNamespace } from "../../writing/namespace-lifecycle.ts";
import { decodeRequest } from "../decode-request.ts";
import { successStatus } from "../success-status.ts";
import { timestamp } from "../../../timestamp.ts";

const BINDING = { apiVersion: "v1", kind: "Binding" };

/** Gives a pod its node, as schedulers do. Throws 400, 404, and 409 if it has one. */
export function bindPod(
  context: OperationsContext,
  target: Target,
  body: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const { value, warnings } = decodeRequest(context, BINDING, "core.v1.Binding", body, options);
  const metadata = metadataOf(value);
  if (metadata["name"] !== target.name) throw badRequest("name in URL does not match name in Binding object");
  requireWritableNamespace(context, target, target.name);
  requireNode(recordAt(value, "target"));
  const pod = currentObject(context.store, target);
  requireUnbound(target, pod);
  if (!options.dryRun) context.store.put("pods", bound(context, pod, value));
  return { object: successStatus(), created: true, warnings };
}

function bound(context: OperationsContext, pod: ApiObject, binding: JsonRecord): ApiObject {
  const { annotations, labels } = metadataOf(binding);
  const scheduled = {
    type: "PodScheduled",
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: timestamp(context.clock.now()),
  };
  const others = elementsOf(pod["status"], "conditions").filter((one) => textOf(one, "type") !== scheduled.type);
  return {
    ...withMetadata(pod, {
      ...(isRecord(annotations) && { annotations: { ...pod.metadata.annotations, ...texts(annotations) } }),
      ...(isRecord(labels) && { labels: { ...pod.metadata.labels, ...texts(labels) } }),
    }),
    spec: { ...recordAt(pod, "spec"), nodeName: fieldOf(binding["target"], "name") },
    status: { ...recordAt(pod, "status"), conditions: [...others, scheduled] },
  };
}

function texts(record: JsonRecord): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)]));
}

/** The real server does not classify these. */
function requireNode(node: JsonRecord): void {
  const { kind = "", name = "" } = node;
  const problems: string[] = [];
  if (kind !== "" && kind !== "Node")
    problems.push(`target.kind: Unsupported value: ${JSON.stringify(kind)}: supported values: "Node", "<empty>"`);
  if (name === "") problems.push("target.name: Required value");
  if (problems.length > 0)
    throw new StatusError(500, "", problems.length === 1 ? problems.join("") : `[${problems.join(", ")}]`);
}

function requireUnbound({ name }: Target, { spec, metadata }: ApiObject): void {
  const node = textOf(spec, "nodeName") ?? "";
  if (metadata.deletionTimestamp !== undefined)
    throw bindingConflict(name, `pod ${name} is being deleted, cannot be assigned to a host`);
  if (node !== "") throw bindingConflict(name, `pod ${name} is already assigned to node "${node}"`);
}

function bindingConflict(name: string, reason: string): StatusError {
  const message = `Operation cannot be fulfilled on pods/binding "${name}": ${reason}`;
  return new StatusError(409, "Conflict", message, { name, kind: "pods/binding" });
}
