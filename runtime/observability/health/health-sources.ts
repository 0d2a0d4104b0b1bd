/** What health is told of: the smallest view of the parts that have it. Read when somebody asks. */

/** Several hold at a time: a handler is live and degraded while an older revision serves and the newest one lacks a cache. */
export type HandlerState =
  /** Its first revision is on its way. */
  | "starting"
  /** A revision serves. */
  | "live"
  /** The newest revision's caches are not there yet. */
  | "degraded"
  /** The newest revision's process does not come up. */
  | "refused"
  /** Its last save does not load. */
  | "broken"
  /** Its runs fail one after the other, and one is tried at a time. */
  | "failing"
  /** Its process keeps dying, and one run is tried at a time. */
  | "quarantined";

export const HANDLER_STATES: readonly HandlerState[] = [
  "starting",
  "live",
  "degraded",
  "refused",
  "broken",
  "failing",
  "quarantined",
];

export interface HandlerHealth {
  readonly handler: string;
  readonly states: readonly HandlerState[];
  /** Why it is in a state, for those where that can be said. */
  readonly reasons: Readonly<Partial<Record<HandlerState, string>>>;
}

export interface InformerHealth {
  /** `pods`, `deployments.apps` */
  readonly resource: string;
  /** `""` for all. */
  readonly namespace: string;
  /** What the API server selects for it; not there if that is everything. */
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Its cache shows a complete state and follows the API server. */
  readonly synced: boolean;
}

export interface HealthSources {
  handlers(): readonly HandlerHealth[];
  informers(): readonly InformerHealth[];
  apiServer(): { readonly url: string; readonly reachable: boolean };
}
