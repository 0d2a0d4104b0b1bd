/** What a handler is told. */
import type { WireObject } from "./wire.ts";

export type EventType = "added" | "updated" | "deleted" | "unselected";

/** Why the handler runs. */
export type Cause =
  /** The object existed when the handler first started. */
  | "initial"
  | "live"
  /** Found by comparing after a gap in the watch. */
  | "relist"
  /** Changed while the runtime was down. */
  | "missed"
  /** The object came to match the handler's selector. */
  | "selected"
  /** A reload made the handler's scope larger. */
  | "reload"
  | "resync"
  /** The handler asked for it with `requeueAfter`. */
  | "requeue"
  /** A dead letter, run again by hand. */
  | "replay";

interface EventBase<T> {
  /** `<uid>/<resourceVersion>/<type>`. Repeats (resync, requeue, replay) carry the same id. */
  readonly id: string;
  readonly resource: {
    readonly group: string;
    readonly version: string;
    readonly plural: string;
    readonly kind: string;
  };
  readonly key: { readonly namespace: string; readonly name: string; readonly uid: string };
  readonly object: T;
  readonly cause: Cause;
  /** From 1. */
  readonly attempt: number;
  /** RFC 3339: when the runtime saw it. */
  readonly observedAt: string;
}

export interface AddedEvent<T = WireObject> extends EventBase<T> {
  readonly type: "added";
}

export interface UpdatedEvent<T = WireObject> extends EventBase<T> {
  readonly type: "updated";
  /** What this handler last finished. */
  readonly old: T;
}

export interface DeletedEvent<T = WireObject> extends EventBase<T> {
  readonly type: "deleted";
  /** `object` is the last known state; true if the final one was missed. */
  readonly finalStateUnknown: boolean;
}

/** The object no longer matches the handler's selector. */
export interface UnselectedEvent<T = WireObject> extends EventBase<T> {
  readonly type: "unselected";
  /** What this handler last finished. */
  readonly old: T;
}

export type ResourceEvent<T = WireObject> = EventOf<T, EventType>;

/** What a handler hears unless it names `events`. */
export type ChangedEvent<T = WireObject> = EventOf<T, Exclude<EventType, "unselected">>;

interface EventsByType<T> {
  added: AddedEvent<T>;
  updated: UpdatedEvent<T>;
  deleted: DeletedEvent<T>;
  unselected: UnselectedEvent<T>;
}

/** The events of these types: `EventOf<Pod, "added" | "deleted">`. */
export type EventOf<T, Types extends EventType> = EventsByType<T>[Types];
