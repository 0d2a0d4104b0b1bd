import type { ApiObject } from "../api-object.ts";
import type { ObjectStore } from "../storage/object-store.ts";

/** What one kind does beyond what all kinds do (upstream: its registry strategy, and admission that is always on). */
export interface KindRules {
  /** Fills in and takes away before a new object is stored. Throws `StatusError` for one that cannot be. */
  readonly prepareCreate?: (object: ApiObject, surroundings: Surroundings) => ApiObject;
  /** The same before an object is replaced. `subresource` names what is written, `""` for the object itself. */
  readonly prepareUpdate?: (
    object: ApiObject,
    before: ApiObject,
    subresource: string,
    surroundings: Surroundings,
  ) => ApiObject;
  /** The same before an object is marked as deleted, or removed at once. `marked` carries its deletionTimestamp. */
  readonly prepareDelete?: (marked: ApiObject, before: ApiObject, surroundings: Surroundings) => ApiObject;
  /** How long an object outlives its deletion. `asked` is the request's. @default 0 */
  readonly gracePeriodSeconds?: (object: ApiObject, asked: number | undefined) => number;
  /** A deletion that does not say what becomes of dependants lets them go. @default false */
  readonly orphansDependants?: boolean;
  /** A deletion answers with the object instead of a `Status`. @default false */
  readonly returnsDeleted?: boolean;
  /** An update without resourceVersion is taken. @default true for built-in kinds */
  readonly allowsUnconditionalUpdate?: boolean;
  /** Further finalizers outside of metadata keep the object. */
  readonly isHeld?: (object: ApiObject) => boolean;
}

export interface Surroundings {
  readonly store: ObjectStore;
  /** RFC 3339, seconds. */
  readonly now: string;
  /** In [0, 1). */
  readonly random: () => number;
}
