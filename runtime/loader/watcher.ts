import { basename } from "node:path";
import { watch } from "chokidar";

export interface Watcher {
  /** Watches files outside the root too. Repeats are free. */
  follow(paths: Iterable<string>): void;
  close(): Promise<void>;
}

/** What editors, formatters and copying programs leave for a moment beside the file that they save. */
const TEMPORARY = /^(4913|\..*|#.*#|.*~|.*\.sw.|.*___jb_(tmp|old)___|.*\.tmp.*)$/;
const SOURCE = /\.([mc]?[jt]sx?|json)$/;

/** Whether a file of this name can be part of a handler. */
export function isSourceFile(path: string): boolean {
  const name = basename(path);
  return SOURCE.test(name) && !TEMPORARY.test(name);
}

/** Calls `onTouch` with the path of whatever is added, changed or removed under `root`. Resolves when nothing escapes it any more. */
export async function watchFiles(root: string, onTouch: (path: string) => void): Promise<Watcher> {
  const watcher = watch(root, {
    ignoreInitial: true,
    ignored: (path, stats) =>
      path !== root && (isIgnoredFolder(path) || (stats?.isFile() === true && !isSourceFile(path))),
  });
  const outside = new Set<string>();
  watcher.on("all", (_event, path) => isSourceFile(path) && onTouch(path));
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return {
    follow(paths) {
      for (const path of paths) {
        if (path.startsWith(`${root}/`) || outside.has(path)) continue;
        outside.add(path);
        watcher.add(path);
      }
    },
    close: () => watcher.close(),
  };
}

function isIgnoredFolder(path: string): boolean {
  return basename(path) === "node_modules" || basename(path) === ".git";
}
