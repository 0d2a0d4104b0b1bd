import type { ObjectChange } from "#dispatch/ports.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { ownedCopy } from "#resources/raw-object.ts";

/** Looks an object up at the API server. Never rejects. */
export type FindObject = (key: string) => Promise<Finding>;

export type Finding =
  | { readonly type: "found"; readonly object: RawObject }
  | { readonly type: "gone" }
  /** Nobody wants to know any more. */
  | { readonly type: "cancelled" };

/**
 * A server that filters by selector says DELETED for an object that has left the selector too. This asks before a delete
 * is told: an object that still exists is told as one that has left. What comes for the same object meanwhile waits.
 */
export function confirmDeletes(find: FindObject, tell: (change: ObjectChange) => void): (change: ObjectChange) => void {
  const waiting = new Map<string, ObjectChange[]>();

  const confirm = async (first: ObjectChange): Promise<void> => {
    const queue = [first];
    waiting.set(first.key, queue);
    for (let change = queue.shift(); change; change = queue.shift()) {
      const finding = isDelete(change) ? await find(change.key) : undefined;
      if (finding?.type === "cancelled") return;
      tell(finding?.type === "found" ? leftOrGone(change, finding.object) : change);
    }
    waiting.delete(first.key);
  };

  return (change) => {
    const queue = waiting.get(change.key);
    if (queue) queue.push(owned(change));
    else if (isDelete(change)) void confirm(owned(change));
    else tell(change);
  };
}

function isDelete({ before, after }: ObjectChange): boolean {
  return before !== undefined && after === undefined;
}

/** An object of another uid is not the one that was watched. */
function leftOrGone(change: ObjectChange, now: RawObject): ObjectChange {
  return now.uid === change.before?.uid ? { ...change, last: now, left: true } : change;
}

function owned({ before, after, last, ...rest }: ObjectChange): ObjectChange {
  return {
    ...rest,
    before: before && ownedCopy(before),
    after: after && ownedCopy(after),
    last: last && ownedCopy(last),
  };
}
