import type { Batch, Conflict, Problem, Revision } from "#loader/revision.ts";
import type { GuestError, SandboxExit } from "#sandbox/sandbox.ts";

/** How long it took until a revision served. */
export interface LiveTiming {
  /** Since it was offered. */
  readonly afterMs: number;
  /** Since the change that made it was seen. */
  readonly sinceSeenMs: number;
}

/** Sees what becomes of handlers. Called synchronously; must not call back. */
export interface SupervisorObserver {
  /** The revision serves from now on. */
  live(revision: Revision, timing: LiveTiming): void;
  /** Its caches are not there yet. `serving`: an older revision goes on meanwhile. Once per reason. */
  degraded(revision: Revision, reason: string, serving: boolean): void;
  /** Its process does not come up. `serving`: an older revision goes on. */
  refused(revision: Revision, error: GuestError, serving: boolean): void;
  /** A process ended that nobody had stopped, whether or not something ran in it. The next run starts another one. */
  processDied(revision: Revision, exit: SandboxExit): void;
  /** Its file is gone. `forgotten`: objects with pending work. */
  removed(handler: string, forgotten: number): void;
  renamed(from: string, to: string): void;
  /** What serves was offered again, for example because a broken save was taken back. */
  confirmed(revision: Revision): void;
  buildFailed(failure: Batch["failures"][number]): void;
  conflict(conflict: Conflict): void;
  warned(file: string, warning: Problem): void;
}
