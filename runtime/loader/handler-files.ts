/** Which files of the handlers directory are handlers, and what they are called. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Conflict } from "./revision.ts";

export interface Listing {
  /** Sorted. */
  readonly files: readonly string[];
  /** Left out of `files`. */
  readonly conflicts: readonly Conflict[];
}

const EXTENSION = /\.m?[jt]s$/;
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
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    found.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const file = path.slice(root.length + 1).replaceAll("\\", "/");
      if (!isHandlerFile(file)) return [];
      return entry.isFile() || (entry.isSymbolicLink() && (await isFile(path))) ? [file] : [];
    }),
  );
  const byId = [...Map.groupBy(files.flat().sort(), handlerIdOf)];
  return {
    files: byId.flatMap(([, claims]) => (claims.length === 1 ? claims : [])),
    conflicts: byId.flatMap(([handler, claims]) => (claims.length === 1 ? [] : [{ handler, files: claims }])),
  };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
