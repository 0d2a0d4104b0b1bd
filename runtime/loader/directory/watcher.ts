import { basename } from "node:path";
import { watch } from "chokidar";
import type { ChokidarOptions, FSWatcher } from "chokidar";

export interface Watcher {
  /** Watches files outside the root too. Repeats are free. */
  follow(paths: Iterable<string>): void;
  close(): Promise<void>;
}

/** Calls `onTouch` with the path of whatever may have changed under `root`. Resolves when nothing escapes it any more. */
export type WatchFiles = (root: string, onTouch: (path: string) => void) => Promise<Watcher>;

/** What editors, formatters and copying programs leave for a moment beside the file that they save. */
const TEMPORARY = /^(4913|\..*|#.*#|.*~|.*\.sw.|.*___jb_(tmp|old)___|.*\.tmp.*)$/;
const SOURCE = /\.([mc]?[jt]sx?|json)$/;

/** Whether a file of this name can be part of a handler. */
export function isSourceFile(path: string): boolean {
  const name = basename(path);
  return SOURCE.test(name) && !TEMPORARY.test(name);
}

/** The system has no watches to give any more, or the folder's file system has none. */
const POLLING_INTERVAL_MS = 250;

/**
 * Calls `onTouch` with the path of whatever is added, changed or removed under `root`. Resolves when nothing escapes it any more.
 * Looks at the files now and then where the system cannot watch them.
 */
export async function watchFiles(
  root: string,
  onTouch: (path: string) => void,
  open: (paths: string[], options: ChokidarOptions) => FSWatcher = watch,
): Promise<Watcher> {
  const outside = new Set<string>();
  const start = (backend: "auto" | "polling"): FSWatcher => {
    const watcher = open([root, ...outside], {
      ignoreInitial: true,
      backend,
      pollingInterval: POLLING_INTERVAL_MS,
      ignored: (path, stats) =>
        path !== root && (isIgnoredFolder(path) || (stats?.isFile() === true && !isSourceFile(path))),
    });
    return watcher.on("all", (_event, path) => void (isSourceFile(path) && onTouch(path)));
  };
  const ready = Promise.withResolvers<void>();
  let watcher = start("auto");
  watcher.once("ready", () => ready.resolve());
  watcher.once("error", () => {
    void watcher.close();
    watcher = start("polling").once("ready", () => ready.resolve());
    watcher.on("error", () => ready.resolve());
  });
  await ready.promise;
  return {
    follow(paths) {
      const added = [...paths].filter((path) => !path.startsWith(`${root}/`) && !outside.has(path));
      for (const path of added) outside.add(path);
      if (added.length > 0) watcher.add(added);
    },
    close: () => watcher.close(),
  };
}

function isIgnoredFolder(path: string): boolean {
  return basename(path) === "node_modules" || basename(path) === ".git";
}
