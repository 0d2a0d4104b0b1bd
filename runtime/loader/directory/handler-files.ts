/** Which files of the handlers directory are handlers, and what they are called. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Conflict } from "../revision.ts";

export interface Listing {
  /** Sorted. */
  readonly files: readonly string[];
  /** Left out of `files`. */
  readonly conflicts: readonly Conflict[];
}

const EXTENSION = /\.m?[jt]s$/;
/** Names of folders without handlers. */
const NO_HANDLERS = /^[_.]|^node_modules$/;
const NO_HANDLER = /(^|\/)[_.]|(^|\/)node_modules\/|\.d\.m?ts$|\.test\.[^/]+$/;

/** `file` is relative to the handlers directory. Folders that begin with `_` or `.` hold no handlers either. */
export function isHandlerFile(file: string): boolean {
  return EXTENSION.test(file) && !NO_HANDLER.test(file);
}

/** `billing/invoice-paid.ts` → `billing/invoice-paid`. */
export function handlerIdOf(file: string): string {
  return file.replace(EXTENSION, "");
}

/** Every handler file under `root`. Links to files count, links to folders do not. */
export async function listHandlerFiles(root: string): Promise<Listing> {
  return listingOf(await filesIn(root, ""));
}

/** What is among these files, by path relative to the handlers directory. */
export function listingOf(files: Iterable<string>): Listing {
  const byId = [...Map.groupBy([...files].filter(isHandlerFile).sort(), handlerIdOf)];
  return {
    files: byId.flatMap(([, claims]) => (claims.length === 1 ? claims : [])),
    conflicts: byId.flatMap(([handler, claims]) => (claims.length === 1 ? [] : [{ handler, files: claims }])),
  };
}

async function filesIn(root: string, folder: string): Promise<string[]> {
  // It may be gone again, together with what was in it.
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const files = entries.map(async (entry) => {
    const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NO_HANDLERS.test(entry.name) ? [] : filesIn(root, file);
    if (!isHandlerFile(file)) return [];
    return entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(root, file)))) ? [file] : [];
  });
  return (await Promise.all(files)).flat();
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
