import type { RawObject } from "#resources/raw-object.ts";

/** Where the informer learnt of it. */
export type Origin = "initial" | "watch" | "relist";

/** One change of the cache. The cache shows it already. Objects are valid in the tick of the notification. */
export type Notification =
  | { readonly type: "added"; readonly object: RawObject; readonly origin: Origin }
  /** `recreated`: the uid differs, the object was deleted and created again unseen. */
  | {
      readonly type: "updated";
      readonly old: RawObject;
      readonly object: RawObject;
      readonly origin: Exclude<Origin, "initial">;
      readonly recreated: boolean;
    }
  /** `object` is the last known state: the final one, unless `finalStateUnknown` says that it was missed. */
  | {
      readonly type: "deleted";
      readonly old: RawObject;
      readonly object: RawObject;
      readonly origin: Exclude<Origin, "initial">;
      readonly finalStateUnknown: boolean;
    };

/** Called in the tick of the change. Must not throw and must not wait. */
export type Subscriber = (notification: Notification) => void;

/** Read-only view of an informer's cache. */
export interface CacheReader {
  readonly size: number;
  get(key: string): RawObject | undefined;
  values(): Iterable<RawObject>;
}
