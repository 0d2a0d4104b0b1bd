import type { ObjectChange } from "#dispatch/ports.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import { confirmDeletes, type FindObject } from "./confirm-deletes.ts";
import { objectChange } from "./object-change.ts";

type OnChange = (change: ObjectChange) => void;

/** The changes of an informer with its deletes confirmed, as one handler hears them. */
export interface ConfirmedChanges {
  /** Returns how to stop. Who subscribes in the tick in which another stops is told what is still being confirmed. */
  subscribe(onChange: OnChange): () => void;
  /** Gives up what is being confirmed when nobody holds it any more. Idempotent. */
  release(): void;
}

interface Entry {
  readonly subscribers: Set<OnChange>;
  readonly close: () => void;
  holders: number;
}

/** Revisions of a handler that use the same informer share its confirmed changes: a reload loses no delete that is being asked for. */
export class ConfirmedChangesByHandler {
  readonly #entries = new WeakMap<SharedInformer, Map<string, Entry>>();

  acquire(handler: string, informer: SharedInformer, findUntil: (signal: AbortSignal) => FindObject): ConfirmedChanges {
    const ofInformer = this.#entries.get(informer) ?? new Map<string, Entry>();
    this.#entries.set(informer, ofInformer);
    const entry = ofInformer.get(handler) ?? open(informer, findUntil);
    ofInformer.set(handler, entry);
    entry.holders += 1;
    let isReleased = false;
    return {
      subscribe(onChange) {
        entry.subscribers.add(onChange);
        return () => void entry.subscribers.delete(onChange);
      },
      release() {
        if (isReleased) return;
        isReleased = true;
        entry.holders -= 1;
        if (entry.holders > 0) return;
        ofInformer.delete(handler);
        entry.close();
      },
    };
  }
}

function open(informer: SharedInformer, findUntil: (signal: AbortSignal) => FindObject): Entry {
  const released = new AbortController();
  const subscribers = new Set<OnChange>();
  const confirm = confirmDeletes(findUntil(released.signal), (change) => {
    for (const tell of subscribers) tell(change);
  });
  const unfollow = informer.follow((notification) => {
    if (subscribers.size > 0) confirm(objectChange(notification));
  });
  const close = (): void => {
    unfollow();
    released.abort();
  };
  return { subscribers, close, holders: 0 };
}
