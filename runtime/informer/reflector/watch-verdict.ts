import type { WatchEnd } from "#kubernetes/list-watch.ts";
import { failureKind, requestFailed, type ReflectorFailure } from "./reflector-failure.ts";
import type { WatchRun } from "./watch-run.ts";

/** What to do after a watch has ended. */
export type WatchVerdict =
  /** Open the next one where this one ended. */
  | { readonly type: "reopen" }
  /** The same after a wait: nothing has been missed. */
  | { readonly type: "reopenLater"; readonly failure: ReflectorFailure }
  /** Something may have been missed: wait, and ask for the complete state. */
  | { readonly type: "relist"; readonly failure: ReflectorFailure };

/** client-go: `handleWatch` calls a watch very short when it lived for less than a second without an event. */
const VERY_SHORT_MS = 1_000;

/** Servers send bookmarks about once a minute. Client-go waits for ever where the server's history has begun anew. */
const SILENT_MS = 180_000;

/** Follows client-go's `Reflector.watch`. */
export function judgeWatch({ end, frames, durationMs }: WatchRun): WatchVerdict {
  if (end.type === "failed" && !isConnectionLoss(end)) return judgeFailure(end);
  if (frames > 0) return { type: "reopen" };
  if (durationMs >= SILENT_MS) {
    const message = `the watch was silent for ${Math.round(durationMs / 1000)} seconds`;
    return { type: "relist", failure: { during: "watch", kind: "silent-watch", message } };
  }
  if (durationMs >= VERY_SHORT_MS) return { type: "reopen" };
  const message = "the watch was closed within a second and without an event";
  return { type: "relist", failure: { during: "watch", kind: "very-short-watch", message } };
}

function judgeFailure({ opened, failure }: Extract<WatchEnd, { type: "failed" }>): WatchVerdict {
  const kind = failureKind(failure);
  const retriable = kind === "too-many-requests" || (kind === "refused" && !opened);
  return { type: retriable ? "reopenLater" : "relist", failure: requestFailed("watch", failure) };
}

/** An open watch whose connection breaks has ended like any other. */
function isConnectionLoss({ opened, failure }: Extract<WatchEnd, { type: "failed" }>): boolean {
  return opened && failure.type === "unreachable";
}
