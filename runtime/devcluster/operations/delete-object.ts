import { withMetadata, type ApiObject } from "../api-object.ts";
import { conflict } from "./api-errors.ts";
import type { DeleteOptions, DeleteResult, Target } from "./api-operations.ts";
import { currentObject } from "./current-object.ts";
import { isOver } from "./object-end.ts";
import { surroundingsOf, type OperationsContext } from "./operations-context.ts";

/** Kept by the garbage collector until the dependants are gone, or have been let go. */
const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

/** DELETE. Throws 404, and 409 if a precondition does not hold. */
export function deleteObject(context: OperationsContext, target: Target, options: DeleteOptions): DeleteResult {
  const { store } = context;
  const { resource } = target;
  const object = currentObject(store, target);
  requirePreconditions(target, object, options);
  const rules = context.rulesOf(resource);
  const grace = rules.gracePeriodSeconds?.(object, options.gracePeriodSeconds) ?? 0;
  const propagationPolicy = options.propagationPolicy ?? (rules.orphansDependants ? "Orphan" : undefined);
  const finalizers = finalizersAfter(object, { ...options, propagationPolicy });
  const markedByAll = markDeleted(context, object, { grace, finalizers });
  const marked = rules.prepareDelete?.(markedByAll, object, surroundingsOf(context)) ?? markedByAll;
  const over = isOver(marked, rules);
  const last = over && object.metadata.deletionTimestamp === undefined ? object : marked;
  if (over) return { type: "deleted", object: options.dryRun ? last : store.remove(resource.storage, last) };
  if (options.dryRun || marked === object) return { type: "terminating", object: marked };
  return { type: "terminating", object: store.put(resource.storage, marked) };
}

function requirePreconditions(
  { resource, name }: Target,
  { metadata }: ApiObject,
  { preconditions }: DeleteOptions,
): void {
  const { uid, resourceVersion } = preconditions;
  if (uid !== undefined && uid !== metadata.uid)
    throw conflict(
      resource,
      name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    throw conflict(
      resource,
      name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
}

function finalizersAfter({ metadata }: ApiObject, { propagationPolicy }: DeleteOptions): readonly string[] {
  const { finalizers = [] } = metadata;
  if (propagationPolicy === undefined) return finalizers;
  const others = finalizers.filter((finalizer) => finalizer !== FOREGROUND && finalizer !== ORPHAN);
  if (propagationPolicy === "Foreground") return [...others, FOREGROUND];
  return propagationPolicy === "Orphan" ? [...others, ORPHAN] : others;
}

interface Ending {
  /** Seconds. */
  readonly grace: number;
  readonly finalizers: readonly string[];
}

/** The object with its deletionTimestamp; itself if it has been deleted so before. A second deletion can only hurry. */
function markDeleted({ clock }: OperationsContext, object: ApiObject, { grace, finalizers }: Ending): ApiObject {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, generation } = object.metadata;
  const isShorter = deletionTimestamp === undefined || grace < deletionGracePeriodSeconds;
  const sameFinalizers = (object.metadata.finalizers ?? []).join() === finalizers.join();
  if (!isShorter && sameFinalizers) return object;
  return withMetadata(object, {
    finalizers: finalizers.length > 0 ? finalizers : undefined,
    ...(isShorter && {
      deletionTimestamp: `${new Date(clock.now() + grace * 1000).toISOString().slice(0, 19)}Z`,
      deletionGracePeriodSeconds: grace,
      generation: deletionTimestamp === undefined && generation !== undefined ? generation + 1 : generation,
    }),
  });
}
