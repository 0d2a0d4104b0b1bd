import { withMetadata, type ApiObject } from "../../api-object.ts";
import type { DeleteOptions, Target } from "../api-operations.ts";
import { ignoresPropagation } from "../kind-facts.ts";
import type { OperationsContext } from "../operations-context.ts";
import { timestamp } from "../../timestamp.ts";

/** Kept by the garbage collector until the dependants are gone, or have been let go. */
const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

/** The object with its deletionTimestamp; itself if it has been deleted so before. A second deletion can only hurry. */
export function markDeleted(
  context: OperationsContext,
  { resource }: Target,
  object: ApiObject,
  options: DeleteOptions,
): ApiObject {
  const { gracePeriodSeconds, orphansDependants = false } = context.rulesOf(resource);
  const grace = gracePeriodSeconds?.(object, options.gracePeriodSeconds) ?? 0;
  const finalizers = ignoresPropagation(resource)
    ? (object.metadata.finalizers ?? [])
    : finalizersAfter(object, options.propagationPolicy, orphansDependants);
  return withFinalizers(withDeletion(context, object, grace), finalizers);
}

function withDeletion(context: OperationsContext, object: ApiObject, grace: number): ApiObject {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, generation } = object.metadata;
  if (deletionTimestamp === undefined)
    return withMetadata(object, {
      deletionTimestamp: timestamp(context.clock.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
      generation: generation === undefined ? undefined : generation + 1,
    });
  if (grace >= deletionGracePeriodSeconds) return object;
  const earlierMs = (deletionGracePeriodSeconds - grace) * 1000;
  return withMetadata(object, {
    deletionTimestamp: timestamp(Date.parse(deletionTimestamp) - earlierMs),
    deletionGracePeriodSeconds: grace,
  });
}

/** What the object itself says of its dependants counts more than what its kind does. */
function finalizersAfter(
  { metadata: { finalizers = [] } }: ApiObject,
  policy: DeleteOptions["propagationPolicy"],
  orphansDependants: boolean,
): readonly string[] {
  const others = finalizers.filter((finalizer) => finalizer !== FOREGROUND && finalizer !== ORPHAN);
  const isDecided = others.length < finalizers.length;
  switch (policy) {
    case "Foreground":
      return [...others, FOREGROUND];
    case "Orphan":
      return [...others, ORPHAN];
    case "Background":
      return others;
    case undefined:
      return orphansDependants && !isDecided ? [...others, ORPHAN] : finalizers;
  }
}

function withFinalizers(object: ApiObject, finalizers: readonly string[]): ApiObject {
  if ((object.metadata.finalizers ?? []).join() === finalizers.join()) return object;
  return withMetadata(object, { finalizers: finalizers.length > 0 ? finalizers : undefined });
}
