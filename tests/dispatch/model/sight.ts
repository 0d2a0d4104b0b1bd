import type { Health, Run } from "#dispatch/ports.ts";
import type { Slot } from "#dispatch/slot.ts";
import type { HandlerConfig } from "./handler-config.ts";
import type { Version } from "./version.ts";

/** What can be seen of the system under test. */
export interface Sight {
  readonly now: number;
  readonly config: HandlerConfig;
  readonly revision: number;
  readonly paused: boolean;
  readonly passedLimit: number;
  readonly runs: readonly Run[];
  readonly health: Health;
  readonly slots: readonly Readonly<Slot>[];
  /** What the informer holds. */
  cached(key: string): Version | undefined;
}

/** Also behind a quarantine. */
export function isFailing(health: Health): boolean {
  return health.type === "failing" || (health.type === "quarantined" && health.failing);
}
