import type { Batch, Conflict, Problem, Revision } from "#loader/revision.ts";
import type { GuestError } from "#sandbox/sandbox.ts";

/** Sees what becomes of handlers. Called synchronously; must not call back. */
export interface SupervisorObserver {
  /** The revision serves from now on, `afterMs` after it was offered. */
  live(revision: Revision, afterMs: number): void;
  /** Its caches are not there yet. `serving`: an older revision goes on meanwhile. Once per reason. */
  degraded(revision: Revision, reason: string, serving: boolean): void;
  /** Its process does not come up. `serving`: an older revision goes on. */
  refused(revision: Revision, error: GuestError, serving: boolean): void;
  /** Its file is gone. `forgotten`: objects with pending work. */
  removed(handler: string, forgotten: number): void;
  renamed(from: string, to: string): void;
  buildFailed(failure: Batch["failures"][number]): void;
  conflict(conflict: Conflict): void;
  warned(file: string, warning: Problem): void;
}
