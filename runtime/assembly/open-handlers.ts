import { HANDLER_API, IN_SANDBOX_MODULES } from "#assets.ts";
import { join } from "node:path";
import type { Clock } from "#kernel/clock.ts";
import type { Inspect } from "#loader/inspect.ts";
import { openHandlersDirectory } from "#loader/open-handlers-directory.ts";
import type { HandlerSource } from "#loader/revision.ts";
import { isMount, Mount } from "#loader/snapshots/mount.ts";
import { openSnapshots } from "#loader/snapshots/open-snapshots.ts";
import type { SnapshotSource } from "#loader/snapshots/snapshot.ts";
import { readMountInfo, subPathMounts } from "#loader/snapshots/sub-path-mounts.ts";
import type { Logger } from "#observability/logger.ts";

export interface OpenHandlersDeps {
  readonly clock: Clock;
  readonly inspect: Inspect;
  readonly logger: Logger;
}

export interface HandlersPlace {
  /** Absolute. */
  readonly directory: string;
  readonly watch: boolean;
  /** The state directory, absolute. */
  readonly state: string;
}

export type OpenedHandlers =
  | { readonly type: "opened"; readonly source: HandlerSource; readonly isFollowed: boolean }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

/** A plain directory, or a mounted ConfigMap, which is followed whether or not files are watched. */
export async function openHandlers(deps: OpenHandlersDeps, place: HandlersPlace): Promise<OpenedHandlers> {
  const { directory, watch, state } = place;
  if (isMount(directory)) {
    return {
      type: "opened",
      source: openSnapshotHandlers(deps, new Mount(deps.clock, directory), state),
      isFollowed: true,
    };
  }
  const opened = await openHandlersDirectory(deps, {
    directory,
    watch,
    handlerApi: HANDLER_API,
    inSandbox: IN_SANDBOX_MODULES,
  });
  if (opened.type === "failed") {
    const message = `Cannot read handlers directory "${directory}": ${opened.reason}. Create it, or name another one with --handlers.`;
    return { type: "failed", message };
  }
  warnOfSubPaths(deps.logger, directory);
  return { type: "opened", source: opened.source, isFollowed: watch };
}

/** Keeps the last good bundles in the state directory. */
export function openSnapshotHandlers(
  { clock, inspect, logger }: OpenHandlersDeps,
  source: SnapshotSource,
  state: string,
): HandlerSource {
  return openSnapshots(
    { clock, inspect },
    {
      source,
      state: join(state, "handlers"),
      handlerApi: HANDLER_API,
      inSandbox: IN_SANDBOX_MODULES,
      onProblem: (path, reason) => logger.warn("last good bundle unusable", { path, reason }),
    },
  );
}

function warnOfSubPaths(logger: Logger, directory: string): void {
  const mounts = subPathMounts(readMountInfo(), directory);
  if (mounts.length === 0) return;
  const reason = "kubelet never updates what is mounted with subPath: mount the whole ConfigMap as the directory";
  logger.warn("handlers never update", { handlers: directory, mounts, reason });
}
