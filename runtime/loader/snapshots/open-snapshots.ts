import { join } from "node:path";
import type { Clock } from "#kernel/clock.ts";
import { createBundler } from "../build/bundler.ts";
import { createFileLoader } from "../file-loader.ts";
import type { Inspect } from "../inspect.ts";
import { LastGoodBundles } from "./last-good-bundles.ts";
import { ScratchFolder } from "./scratch-folder.ts";
import { SnapshotHandlers } from "./snapshot-handlers.ts";
import type { SnapshotSource } from "./snapshot.ts";

export interface SnapshotsRequest {
  readonly source: SnapshotSource;
  /** For what lasts and what does not. Absolute; nobody else uses it. */
  readonly state: string;
  /** The file that `informd` means to a handler. */
  readonly handlerApi: string;
  /** The folder of the modules that stand for Node's built-in ones. */
  readonly inSandbox: string;
  /** Is told of files of last good bundles that cannot be read or written. */
  readonly unusable: (path: string, reason: string) => void;
  /** Is told why a snapshot cannot be written into the state directory. It is tried again. */
  readonly notWritten: (path: string, reason: string) => void;
}

export function openSnapshots(
  { clock, inspect }: { readonly clock: Clock; readonly inspect: Inspect },
  { source, state, handlerApi, inSandbox, unusable, notWritten }: SnapshotsRequest,
): SnapshotHandlers {
  const scratch = new ScratchFolder(join(state, "snapshot"));
  const bundle = createBundler({ root: scratch.path, handlerApi, inSandbox, isProject: false });
  const loader = createFileLoader({ clock, bundle, inspect });
  const lastGood = new LastGoodBundles(join(state, "last-good"), unusable);
  return new SnapshotHandlers({ clock, source, scratch, loader, lastGood, notWritten });
}
