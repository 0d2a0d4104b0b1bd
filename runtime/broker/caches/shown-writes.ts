/**
 * A handler that has written and reads its cache next must find what it wrote. So a write resolves when the handler's caches have it.
 * The answer itself never goes into a cache: only the watch writes there.
 */
import type { Clock } from "#kernel/clock.ts";
import { fieldOf, textOf } from "#kernel/json-value.ts";
import type { ObjectAnswer, ObjectClient, ObjectTarget } from "#kubernetes/object-client.ts";
import { compareVersions } from "#resources/compare-versions.ts";
import { formatKey } from "#resources/object-key.ts";
import { parseObject, type RawObject } from "#resources/raw-object.ts";
import type { ResourceCache } from "../ports.ts";
import { untilShown } from "./until-shown.ts";

type Scope = Omit<ObjectTarget, "name">;

/** The same client, whose writes resolve when those of the caches that hold the object show it, or after a second. */
export function shownWrites(objects: ObjectClient, caches: readonly ResourceCache[], clock: Clock): ObjectClient {
  // The API server keeps nothing, so nothing will ever be shown.
  if (objects.isDryRun) return objects;
  const written = async (scope: Scope, answer: Promise<ObjectAnswer>, signal: AbortSignal): Promise<ObjectAnswer> => {
    const answered = await answer;
    const metadata = answered.type === "object" ? fieldOf(answered.object, "metadata") : undefined;
    const name = textOf(metadata, "name");
    const version = textOf(metadata, "resourceVersion");
    if (name === undefined || version === undefined) return answered;
    // A Scale does not carry the labels of what it scales.
    const isWhole = answered.type === "object" && textOf(answered.object, "kind") === scope.resource.kind;
    const labels = isWhole ? (fieldOf(metadata, "labels") ?? {}) : undefined;
    const isShown = (object: RawObject | undefined): boolean => object !== undefined && isAsLate(object, version);
    const key = formatKey({ namespace: scope.namespace, name });
    await untilShown(cachesWith(caches, scope, labels), { key, isShown }, { clock, signal });
    return answered;
  };
  const deleted = async (target: ObjectTarget, signal: AbortSignal): Promise<ObjectAnswer> => {
    const answered = await objects.delete(target, signal);
    if (answered.type !== "object") return answered;
    const { object: answer } = answered;
    const uid = textOf(fieldOf(answer, "metadata"), "uid") ?? textOf(fieldOf(answer, "details"), "uid");
    const isShown = (object: RawObject | undefined): boolean =>
      object === undefined || (uid !== undefined && object.uid !== uid) || isGoing(object);
    await untilShown(cachesWith(caches, target, undefined), { key: formatKey(target), isShown }, { clock, signal });
    return answered;
  };
  return {
    ...objects,
    withFieldManager: (name) => shownWrites(objects.withFieldManager(name), caches, clock),
    create: (scope, object, signal) => written(scope, objects.create(scope, object, signal), signal),
    patch: (target, patch, type, signal) => written(target, objects.patch(target, patch, type, signal), signal),
    delete: deleted,
  };
}

/** Caches of that resource; without those that never get the object. @param labels the object's, as the server answers; `undefined`: unknown */
function cachesWith(
  caches: readonly ResourceCache[],
  { resource, namespace }: Scope,
  labels: unknown,
): ResourceCache[] {
  return caches.filter(
    ({ resource: { group, plural }, watches }) =>
      group === resource.group && plural === resource.plural && (watches?.(namespace, labels) ?? true),
  );
}

/** Versions that cannot be compared are not waited for. */
function isAsLate(object: RawObject, version: string): boolean {
  return (compareVersions(object.resourceVersion, version) ?? 0) >= 0;
}

/** Its finalizers or its grace period hold it. */
function isGoing(object: RawObject): boolean {
  return fieldOf(fieldOf(parseObject(object), "metadata"), "deletionTimestamp") !== undefined;
}
