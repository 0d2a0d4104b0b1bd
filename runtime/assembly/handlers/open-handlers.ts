import { realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HANDLER_API, IN_SANDBOX_MODULES } from "#assets.ts";
import type { HandlersOrigin } from "#config/handlers-origin.ts";
import type { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { Clock } from "#kernel/clock.ts";
import type { Inspect } from "#loader/inspect.ts";
import { listHandlerFiles } from "#loader/directory/handler-files.ts";
import { openHandlersDirectory } from "#loader/directory/open-handlers-directory.ts";
import type { HandlerSource } from "#loader/revision.ts";
import { isMount, Mount } from "#loader/snapshots/mount.ts";
import { openSnapshots } from "#loader/snapshots/open-snapshots.ts";
import type { SnapshotSource } from "#loader/snapshots/snapshot.ts";
import { partsOfMounts } from "#loader/snapshots/parts-of-mounts.ts";
import { readMountInfo, subPathMounts } from "#loader/snapshots/sub-path-mounts.ts";
import type { Logger } from "#observability/logger.ts";
import type { ReferenceTo } from "./config-map-events.ts";
import { chooseConfigMaps, type ConfigMapOrigin } from "./config-map-choice.ts";
import { ConfigMapSnapshots } from "./config-map-snapshots.ts";
import { type HandlersSeal, mountSeal } from "./handlers-seal.ts";

export interface OpenHandlersDeps {
  readonly clock: Clock;
  readonly inspect: Inspect;
  readonly logger: Logger;
}

export interface HandlersPlace {
  readonly origin: HandlersOrigin;
  /** The ConfigMaps that a directory is mounted from, as far as they are named. */
  readonly mountedMaps: readonly string[];
  readonly watch: boolean;
  /** The state directory, absolute. */
  readonly state: string;
}

export interface OpenedHandlers {
  readonly type: "opened";
  /** Whether the source goes on with a batch for each change. */
  readonly isFollowed: boolean;
  /** What handlers may not write, since handlers come from there. */
  readonly seal: HandlersSeal;
  /** Call it once. @param notRead is told why handlers in ConfigMaps cannot be read yet */
  source(factory: SharedInformerFactory, notRead: (reason: string) => void): FollowedSource;
}

export interface FollowedSource {
  readonly source: HandlerSource;
  /** Of handlers that are in ConfigMaps as the API shows them; `undefined` for all others. */
  readonly referenceTo: ReferenceTo;
}

export interface Failed {
  readonly type: "failed";
  /** Says what to do. */
  readonly message: string;
}

/** Tells with the namespace that the runtime belongs to whether the handlers may come from there. */
export type OpenInNamespace = (ownNamespace: string) => OpenedHandlers | Failed;

/** What is wrong with a directory is known before there is a cluster. */
export async function openHandlers(deps: OpenHandlersDeps, place: HandlersPlace): Promise<OpenInNamespace | Failed> {
  const { origin, mountedMaps, watch, state } = place;
  if (origin.type !== "directory") return (ownNamespace) => openConfigMaps(deps, origin, state, ownNamespace);
  const opened = await openDirectory(deps, { directory: origin.path, mountedMaps, watch, state });
  return opened.type === "failed" ? opened : () => opened;
}

interface DirectoryPlace {
  /** Absolute. */
  readonly directory: string;
  readonly mountedMaps: readonly string[];
  readonly watch: boolean;
  readonly state: string;
}

/** A plain directory, or a mounted ConfigMap, which is followed whether or not files are watched. */
async function openDirectory(
  deps: OpenHandlersDeps,
  { directory, mountedMaps, watch, state }: DirectoryPlace,
): Promise<OpenedHandlers | Failed> {
  const { clock, logger } = deps;
  if (isMount(directory)) {
    const source: OpenedHandlers["source"] = (_factory, notRead) => {
      const mount = new Mount({ clock, notRead }, directory);
      return { source: openSnapshotHandlers(deps, mount, state), referenceTo: inNoMap };
    };
    return { type: "opened", isFollowed: true, seal: mountSeal(mountedMaps, true), source };
  }
  const request = { directory, watch, handlerApi: HANDLER_API, inSandbox: IN_SANDBOX_MODULES };
  const opened = await openHandlersDirectory(deps, request);
  if (opened.type === "failed") {
    const message = `Cannot read handlers directory "${directory}": ${opened.reason}. Create it ("informd new pod-added" does), or name another one with --handlers.`;
    return { type: "failed", message };
  }
  const mountInfo = readMountInfo();
  const places = await realPlaces(directory);
  const subPaths = places.flatMap((place) => subPathMounts(mountInfo, place));
  if (subPaths.length > 0) warnOfSubPaths(logger, directory, subPaths);
  return {
    type: "opened",
    isFollowed: watch,
    seal: mountSeal(
      mountedMaps,
      subPaths.length > 0 || places.some((place) => partsOfMounts(mountInfo, place).length > 0),
    ),
    source: () => ({ source: opened.source, referenceTo: inNoMap }),
  };
}

/** The directory and whatever its files are links to: each may lie in a mount. */
async function realPlaces(directory: string): Promise<readonly string[]> {
  const { files, conflicts } = await listHandlerFiles(directory);
  const all = [...files, ...conflicts.flatMap((conflict) => conflict.files)];
  // A file may be gone again.
  const folderOf = (file: string) => realpath(join(directory, file)).then(dirname, () => directory);
  const folders = await Promise.all(all.map(folderOf));
  return [...new Set([await realpath(directory), ...folders])];
}

function openConfigMaps(
  deps: OpenHandlersDeps,
  origin: ConfigMapOrigin,
  state: string,
  ownNamespace: string,
): OpenedHandlers | Failed {
  const choice = chooseConfigMaps(origin, ownNamespace);
  if ("message" in choice) return choice;
  const source = (factory: SharedInformerFactory, notRead: (reason: string) => void): FollowedSource => {
    const maps = new ConfigMapSnapshots({ factory, notRead }, choice);
    return { source: openSnapshotHandlers(deps, maps, state), referenceTo: (named) => maps.referenceTo(named) };
  };
  const seal: HandlersSeal =
    origin.type === "configMap" ? { type: "named", maps: [origin.name] } : { type: "labelled" };
  return { type: "opened", isFollowed: true, seal, source };
}

const inNoMap: ReferenceTo = () => undefined;

/** Keeps the last good bundles in the state directory. */
function openSnapshotHandlers(
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
      unusable: (path, reason) => logger.warn("last good bundle unusable", { path, reason }),
      notWritten: (path, reason) => logger.error("handlers not written", { path, reason }),
    },
  );
}

function warnOfSubPaths(logger: Logger, directory: string, mounts: readonly string[]): void {
  const reason = "kubelet never updates what is mounted with subPath: mount the whole ConfigMap as the directory";
  logger.warn("handlers never update", { handlers: directory, mounts, reason });
}
