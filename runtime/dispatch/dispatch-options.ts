import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { ResourceIdentity } from "#resources/api-resource.ts";
import type { Labels } from "#resources/raw-object.ts";

/** What dispatch needs to know of a handler's options. */
export interface DispatchOptions extends Pick<
  ResolvedOptions,
  | "events"
  | "names"
  | "changed"
  | "generationChanged"
  | "concurrency"
  | "retry"
  | "resyncMs"
  | "initial"
  | "fieldSelector"
> {
  readonly resource: ResourceIdentity;
  /** `undefined`: all. Always `undefined` for a cluster-scoped resource. */
  readonly namespaces: readonly string[] | undefined;
  /** A reload tries the events of dead letters again. */
  readonly replaysOnReload: boolean;
  readonly selector: { matches(labels: Labels): boolean };
}
