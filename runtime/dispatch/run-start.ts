import type { Clock } from "#kernel/clock.ts";
import type { ResourceIdentity } from "#resources/api-resource.ts";
import { ownedCopy, type RawObject } from "#resources/raw-object.ts";
import type { Backlog } from "./backlog.ts";
import { difference } from "./difference.ts";
import type { Delivery, EventType } from "./ports.ts";
import type { ActiveRun, Generation, Slot } from "./slot.ts";

/**
 * What the handler is told now: computed when the run starts, so that it carries the newest object.
 * `undefined`: the cache is ahead of the changes that were told, and one of this object is still to come.
 */
export function prepareRun(
  slot: Slot,
  backlog: Backlog,
  clock: Clock,
  origin: Pick<ActiveRun, "number" | "revision" | "probe">,
): ActiveRun | undefined {
  const { head, again, lane } = slot;
  const newest = backlog.newest(slot);
  if (!head || !newest) return undefined;
  const startedAt = clock.monotonic();
  const told = difference(slot.handled, head, backlog.scope.matches(newest));
  const tellsDifference = told !== "nothing" && told !== "over";
  const type = tellsDifference ? told : backlog.interest.repeatType;
  if (type === undefined) return undefined;
  return {
    ...origin,
    delivery: createDelivery(slot, head, backlog.options.resource, type, ownedCopy(newest), tellsDifference),
    slot,
    lane,
    startedAt,
    tellsDifference,
    ofGone: head.gone,
    coversRepeat: again !== undefined && again.at <= startedAt,
    forgotten: false,
  };
}

function createDelivery(
  { handled, again, attempt, cause, latestCause }: Slot,
  { finalStateUnknown, observedAt }: Generation,
  resource: ResourceIdentity,
  type: EventType,
  object: RawObject,
  tellsDifference: boolean,
): Delivery {
  const carriesOld = type === "updated" || type === "unselected";
  return {
    id: `${object.uid}/${object.resourceVersion}/${type}`,
    type,
    resource,
    object,
    old: carriesOld ? (tellsDifference ? handled : object) : undefined,
    finalStateUnknown: type === "deleted" && finalStateUnknown,
    cause: (tellsDifference ? cause : again?.cause) ?? latestCause,
    attempt,
    observedAt,
  };
}
