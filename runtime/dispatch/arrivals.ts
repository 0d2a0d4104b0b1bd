/** What the informer says, and what follows for a handler's backlog. */
import { ownedCopy, type RawObject } from "#resources/raw-object.ts";
import type { Backlog } from "./backlog.ts";
import { sameVersion } from "./difference.ts";
import type { Cause, ObjectChange } from "./ports.ts";
import type { Slot } from "./slot.ts";

/** An object that the handler starts with. */
export function meetObject(backlog: Backlog, object: RawObject, cause: "initial" | "reload"): void {
  if (!backlog.scope.matches(object)) return;
  const known = backlog.slots.get(object.key);
  const hasWork = known?.head !== undefined;
  if (backlog.options.initial === "skip" && !hasWork) return backlog.record(object.key, object);
  if (known?.generations.some(({ uid }) => uid === object.uid)) return;
  const slot = known ?? backlog.open(object.key, "bulk", cause);
  if (!hasWork) {
    slot.lane = "bulk";
    slot.cause = cause;
  }
  slot.latestCause = cause;
  slot.arrive(object, backlog.clock.now());
  backlog.settle(slot);
}

export function changeObject(backlog: Backlog, change: ObjectChange): void {
  const { key, before, after } = change;
  if (sameVersion(before, after)) return;
  const handled = before && backlog.scope.matches(before) ? before : undefined;
  const known = backlog.slots.get(key);
  const hasWork = known?.head !== undefined;
  if (!hasWork && !handled && !(after && backlog.scope.matches(after))) return;

  const cause = causeOf(change, handled !== undefined);
  const now = backlog.clock.now();
  const slot = known ?? backlog.open(key, "live", cause);
  if (!hasWork) {
    slot.handled = handled;
    if (before) slot.arrive(before, now);
  } else if (sameVersion(slot.handled, before)) slot.handled = before;
  slot.lane = "live";
  slot.noteCause(cause, backlog.clock.monotonic());
  if (before && before.uid !== after?.uid) disappear(backlog, slot, before, change);
  if (after) slot.arrive(after, now);
  backlog.unpark(slot);
  if (backlog.settle(slot)) keepBytes(slot);
  backlog.limitPassed();
}

/** Every matching object without other work, once more. */
export function resyncObjects(backlog: Backlog): void {
  if (backlog.interest.repeatType === undefined) return;
  const now = backlog.clock.now();
  const at = backlog.clock.monotonic();
  for (const object of backlog.cache.values()) {
    if (backlog.slots.get(object.key) || !backlog.scope.matches(object)) continue;
    const slot = backlog.open(object.key, "bulk", "resync");
    slot.handled = object;
    slot.again = { cause: "resync", at };
    slot.arrive(object, now);
    backlog.settle(slot);
  }
}

function causeOf({ before, after, relist }: ObjectChange, wasHandled: boolean): Cause {
  if (relist) return "relist";
  return !wasHandled && before !== undefined && before.uid === after?.uid ? "selected" : "live";
}

function disappear(backlog: Backlog, slot: Slot, before: RawObject, change: ObjectChange): void {
  const generation = slot.last;
  if (!generation || generation.gone) return;
  generation.newest = change.last ?? before;
  generation.gone = true;
  generation.left = change.left ?? false;
  generation.finalStateUnknown = change.last === undefined;
  generation.observedAt = backlog.clock.now();
  const isFirst = generation === slot.head;
  if (!isFirst && (generation.left || !backlog.scope.matches(generation.newest))) slot.generations.pop();
  else if (!generation.begun && !(isFirst && slot.handled)) backlog.passed.add(slot, generation);
}

/** The cache's memory may be reused after this tick: what only the slot knows is copied. */
function keepBytes(slot: Slot): void {
  const { head, handled } = slot;
  const isOldTold = head && (head.left || (!head.gone && !sameVersion(handled, head.newest)));
  if (handled && isOldTold) slot.handled = ownedCopy(handled);
  for (const generation of slot.generations.slice(-2)) {
    if (generation.gone) generation.newest = ownedCopy(generation.newest);
  }
}
