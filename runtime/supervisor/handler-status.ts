import type { Health } from "#dispatch/ports.ts";
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { SlotCounts } from "#dispatch/schedule.ts";

/** How one handler stands at this moment, for those who look on. */
export interface HandlerStatus {
  readonly handler: string;
  /** A revision serves. */
  readonly serving: boolean;
  /** A revision is on its way. */
  readonly preparing: boolean;
  /** Why the caches of the one on its way are not there yet. */
  readonly degraded: string | undefined;
  readonly health: Health;
  /** Of objects, by what happens next. */
  readonly counts: SlotCounts;
  /** Of the process that serves and of replaced ones that still run something. */
  readonly processIds: readonly number[];
  /** What the revision that serves may use: its option `memory`. */
  readonly memoryBytes: number | undefined;
  /** Of the revision that serves. */
  readonly engine: ResolvedOptions["engine"] | undefined;
}

export const NOTHING_TOLD_YET: Pick<HandlerStatus, "health" | "counts"> = {
  health: { type: "healthy" },
  counts: { queued: 0, waiting: 0, running: 0, parked: 0 },
};
