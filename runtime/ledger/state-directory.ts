import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type StateLock =
  | { readonly type: "locked"; readonly release: () => void }
  /** Another process holds it. */
  | { readonly type: "held" }
  /** The directory cannot be made or written. */
  | { readonly type: "failed"; readonly reason: string };

/** SQLITE_BUSY: https://www.sqlite.org/rescode.html */
const BUSY = 5;

/**
 * Makes `directory` this process's own until `release`. The lock is an open transaction of SQLite, so that the kernel
 * frees it however the process ends: there is no stale lock file.
 */
export function lockStateDirectory(directory: string): StateLock {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(directory, { recursive: true });
    database = new DatabaseSync(join(directory, "lock.db"));
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    if (database?.isOpen) database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === BUSY) return { type: "held" };
    return { type: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
  const held = database;
  return { type: "locked", release: () => held.isOpen && held.close() };
}
