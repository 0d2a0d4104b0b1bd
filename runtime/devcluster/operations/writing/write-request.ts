/** Which endpoint a write goes to: the object itself, or one of its subresources. */
import { textOf, type JsonRecord } from "#kernel/json-value.ts";
import { metadataOf } from "../../api-object.ts";
import { badRequest } from "../api-errors.ts";
import type { Patch, Target, WriteOptions, WriteResult } from "../api-operations.ts";
import type { OperationsContext } from "../operations-context.ts";
import { bindPod } from "../subresources/bind-pod.ts";
import { createToken } from "../subresources/create-token.ts";
import { evictPod } from "../subresources/evict-pod.ts";
import { answerReview, reviewOf } from "../subresources/reviews.ts";
import { patchScale, updateScale } from "../subresources/scale.ts";
import { applyObject } from "./apply-object.ts";
import { createObject } from "./create-object.ts";
import { patchObject } from "./patch-object.ts";
import { updateObject } from "./update-object.ts";

export function create(
  context: OperationsContext,
  target: Target,
  body: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const answer = reviewOf(target.resource);
  if (answer) return answerReview(context, target, { body, answer }, options);
  switch (target.subresource) {
    case "binding":
      return bindPod(context, target, body, options);
    case "eviction":
      return evictPod(context, target, body, options);
    case "token":
      return createToken(context, target);
    default:
      return target.resource.storage === "bindings"
        ? bindPod(context, podOfBinding(context, target, body), body, options)
        : createObject(context, target, body, options);
  }
}

export function update(
  context: OperationsContext,
  target: Target,
  body: JsonRecord,
  options: WriteOptions,
): WriteResult {
  const write = target.subresource === "scale" ? updateScale : updateObject;
  return write(context, target, body, options);
}

export function patch(context: OperationsContext, target: Target, change: Patch, options: WriteOptions): WriteResult {
  if (target.subresource === "scale") return patchScale(context, target, change, options);
  return change.type === "apply"
    ? applyObject(context, target, change.configuration, options)
    : patchObject(context, target, change, options);
}

/** Bindings are posted to their pod, or to the collection of none. */
function podOfBinding({ registry }: OperationsContext, target: Target, body: JsonRecord): Target {
  const name = textOf(metadataOf(body), "name") ?? "";
  if (name === "") throw badRequest("Name parameter required.");
  const pods = registry.find({ group: "", version: "v1", plural: "pods" });
  return { ...target, resource: pods ?? target.resource, name, subresource: "binding" };
}
