import { fieldOf, numberOf, textOf, textsOf, type JsonRecord } from "#kernel/json-value.ts";
import { metadataOf, type ApiObject } from "../../api-object.ts";
import { badRequest } from "../api-errors.ts";
import type { DeleteOptions, Target, WriteOptions, WriteResult } from "../api-operations.ts";
import { deleteObject } from "../deleting/delete-object.ts";
import { requirePreconditions } from "../deleting/delete-preconditions.ts";
import type { OperationsContext } from "../operations-context.ts";
import { currentObject } from "../reading/current-object.ts";
import { requireWritableNamespace } from "../writing/namespace-lifecycle.ts";
import { decodeRequest } from "./decode-request.ts";
import { spendDisruption } from "./disruption-budget.ts";
import { successStatus } from "./success-status.ts";

const EVICTION = { apiVersion: "policy/v1", kind: "Eviction" };
/** It says the same. */
const OLD_VERSION = "policy/v1beta1";

/** Deletes a pod if its disruption budget allows it. Throws 400, 404, 409, and 429 if it does not. */
export function evictPod(
  context: OperationsContext,
  target: Target,
  body: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const { value, warnings } = decodeRequest(
    context,
    EVICTION,
    "policy.v1.Eviction",
    textOf(body, "apiVersion") === OLD_VERSION ? { ...body, apiVersion: EVICTION.apiVersion } : body,
    options,
  );
  if (metadataOf(value)["name"] !== target.name) throw badRequest("name in URL does not match name in Eviction object");
  requireWritableNamespace(context, target, target.name);
  const pod = currentObject(context.store, target);
  const deletion = deletionOf(body["deleteOptions"], options);
  requirePreconditions(target, pod, deletion);
  if (needsBudget(pod)) spendDisruption(context, pod, deletion);
  deleteObject(context, { ...target, subresource: "" }, deletion);
  return { object: successStatus(), created: true, warnings };
}

function deletionOf(asked: unknown, { dryRun }: WriteOptions): DeleteOptions {
  const policy = textOf(asked, "propagationPolicy");
  const uid = textOf(fieldOf(asked, "preconditions"), "uid");
  const resourceVersion = textOf(fieldOf(asked, "preconditions"), "resourceVersion");
  return {
    dryRun: dryRun || textsOf(asked, "dryRun").length > 0,
    gracePeriodSeconds: numberOf(asked, "gracePeriodSeconds"),
    propagationPolicy: (["Background", "Foreground", "Orphan"] as const).find((one) => one === policy),
    preconditions: { ...(uid !== undefined && { uid }), ...(resourceVersion !== undefined && { resourceVersion }) },
  };
}

/** A pod that does not run, or is about to end, disrupts nothing. */
function needsBudget({ metadata, status }: ApiObject): boolean {
  if (metadata.deletionTimestamp !== undefined) return false;
  return !["Succeeded", "Failed", "Pending"].includes(textOf(status, "phase") ?? "");
}
