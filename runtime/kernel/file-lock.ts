import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type FileLock =
  | { readonly type: "locked"; readonly release: () => void }
  /** Another process holds it. */
  | { readonly type: "held" }
  /** The file or its directory cannot be made or written. */
  | { readonly type: "failed"; readonly reason: string };

/** Of a directory that is made for the lock: what is kept beside it may be secret. */
const OWNER_ONLY = 0o700;
/** SQLITE_BUSY: https://www.sqlite.org/rescode.html */
const BUSY = 5;

/**
 * Makes the file at `path`, and what it stands for, this process's own until `release`. The lock is an open transaction
 * of SQLite, so that the kernel frees it however the process ends: there is no stale lock file. Keep what is returned: the lock
 * goes with it when it is collected.
 */
export function lockFile(path: string): FileLock {
  let database: DatabaseSync | undefined;
  try {
    makeDirectory(dirname(path));
    database = new DatabaseSync(path);
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    if (database?.isOpen) database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === BUSY) return { type: "held" };
    return { type: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
  const held = database;
  return { type: "locked", release: () => held.isOpen && held.close() };
}

/** A directory that is made here says itself that it belongs into no repository. */
function makeDirectory(directory: string): void {
  const made = mkdirSync(directory, { recursive: true, mode: OWNER_ONLY });
  if (made !== undefined) writeFileSync(join(directory, ".gitignore"), "*\n");
}
