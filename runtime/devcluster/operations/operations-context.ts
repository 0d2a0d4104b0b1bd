import type { Clock } from "#kernel/clock.ts";
import type { KindRules, Surroundings } from "../kinds/kind-rules.ts";
import type { ResourceRegistry } from "../registry/resource-registry.ts";
import type { ServedResource } from "../registry/served-resource.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import type { ServedObjects } from "./versions/served-objects.ts";

export interface OperationsDeps {
  readonly store: ObjectStore;
  readonly registry: ResourceRegistry;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newUid: () => string;
  readonly rulesOf: (resource: ServedResource) => KindRules;
  readonly imperfections?: Imperfections | undefined;
}

/** What real clusters do now and then, for tests of clients. */
export interface Imperfections {
  /** Reads of revision 0 show what was so this many revisions ago. @default 0 */
  readonly staleRevisions?: number;
  /** Watches may begin with everything that exists; older servers refuse that. @default true */
  readonly allowsWatchList?: boolean;
}

/** What every operation works on. */
export interface OperationsContext extends OperationsDeps {
  readonly served: ServedObjects;
}

/** RFC 3339 with whole seconds, as `metadata` has it. */
export function timestamp({ clock }: Pick<OperationsDeps, "clock">, laterMs = 0): string {
  return `${new Date(clock.now() + laterMs).toISOString().slice(0, 19)}Z`;
}

/** What the rules of a kind see of the cluster. */
export function surroundingsOf(context: OperationsDeps): Surroundings {
  return { store: context.store, now: timestamp(context), random: context.random };
}
