import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { Snapshot } from "./snapshot.ts";

/** What kubelet swaps: a link to the folder that holds all files of one moment. */
export const DATA_LINK = "..data";

/** The name of the present folder; `undefined` if the mount has none. Rejects with what the file system says. */
export async function versionOf(mount: string): Promise<string | undefined> {
  try {
    return await readlink(join(mount, DATA_LINK));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * Every file of one version. `undefined`: kubelet has removed it meanwhile, and there is a newer one.
 * The links beside `..data` are not used: they lag behind. Rejects with what the file system says.
 */
export async function readVersion(mount: string, version: string): Promise<Snapshot | undefined> {
  const folder = join(mount, version);
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const files = paths.sort().map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const);
    return { files: new Map(await Promise.all(files)) };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
