import { elementsOf, fieldOf, isRecord, numberOf, textOf } from "#kernel/json-value.ts";
import { labelSelectorOf } from "#resources/label-selector.ts";
import type { ApiObject } from "../../../api-object.ts";
import { StatusError } from "../../../api-status.ts";
import { recordAt } from "../../../record-at.ts";
import type { OperationsContext } from "../../operations-context.ts";
import { timestamp } from "../../../timestamp.ts";

const BUDGETS = "poddisruptionbudgets.policy";

/** Takes one disruption from the budget that the pod is under, if any. Throws 429 if none is left. */
export function spendDisruption(
  context: OperationsContext,
  pod: ApiObject,
  { dryRun }: { readonly dryRun: boolean },
): void {
  const budgets = context.store.list(BUDGETS).filter((budget) => isUnder(pod, budget));
  const [budget] = budgets;
  if (!budget) return;
  if (budgets.length > 1) throw manyBudgets();
  if (!isReady(pod) && letsUnhealthyGo(budget)) return;
  const status = recordAt(budget, "status");
  const { name, generation = 0 } = budget.metadata;
  if ((numberOf(status, "observedGeneration") ?? 0) < generation)
    throw tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  const allowed = numberOf(status, "disruptionsAllowed") ?? 0;
  const [needed, healthy] = [numberOf(status, "desiredHealthy") ?? 0, numberOf(status, "currentHealthy") ?? 0];
  if (allowed <= 0)
    throw tooMany(`The disruption budget ${name} needs ${needed} healthy pods and has ${healthy} currently`);
  if (dryRun) return;
  const disruptedPods = { ...recordAt(status, "disruptedPods"), [pod.metadata.name]: timestamp(context.clock.now()) };
  context.store.put(BUDGETS, { ...budget, status: { ...status, disruptionsAllowed: allowed - 1, disruptedPods } });
}

function isUnder({ metadata }: ApiObject, budget: ApiObject): boolean {
  const selector = fieldOf(budget["spec"], "selector");
  if (budget.metadata.namespace !== metadata.namespace || !isRecord(selector)) return false;
  return labelSelectorOf(selector).matches(metadata.labels ?? {});
}

/** A pod that is not ready does not count, so it may go while the others are enough. */
function letsUnhealthyGo({ spec, status }: ApiObject): boolean {
  if (textOf(spec, "unhealthyPodEvictionPolicy") === "AlwaysAllow") return true;
  const [needed, healthy] = [numberOf(status, "desiredHealthy") ?? 0, numberOf(status, "currentHealthy") ?? 0];
  return needed > 0 && healthy >= needed;
}

function isReady({ status }: ApiObject): boolean {
  return elementsOf(status, "conditions").some(
    (condition) => textOf(condition, "type") === "Ready" && textOf(condition, "status") === "True",
  );
}

function tooMany(reason: string, retryAfterSeconds?: number): StatusError {
  const message = "Cannot evict pod as it would violate the pod's disruption budget.";
  return new StatusError(429, "TooManyRequests", message, {
    causes: [{ reason: "DisruptionBudget", message: reason }],
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

function manyBudgets(): StatusError {
  const message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
  return new StatusError(500, "InternalError", message);
}
