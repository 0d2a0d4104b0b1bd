/** Files as a directory that holds them and nothing else: the whole of it, or none. */
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import { MADE_BY_BUNDLE } from "#loader/build/self-contained.ts";
import type { BundledFile } from "./bundled-file.ts";

export type WrittenDirectory = { readonly type: "written" } | { readonly type: "failed"; readonly message: string };

/** @param handlers the directory that they were made of: what is written may not become a handler of it */
export async function writeDirectory(
  files: readonly BundledFile[],
  { directory, handlers }: { readonly directory: string; readonly handlers: string },
): Promise<WrittenDirectory> {
  if (isWithin(await realPathOf(directory), await realpath(handlers))) {
    return failed(
      directory,
      `it lies in the handlers directory, whose files are all taken for handlers. ${NAME_ANOTHER}`,
    );
  }
  const fresh = `${directory}.new-${process.pid}`;
  const old = `${directory}.old-${process.pid}`;
  try {
    const foreign = await foreignEntry(directory);
    if (foreign !== undefined) {
      return failed(directory, `informd bundle has not made "${foreign}" there, and would delete it. ${NAME_ANOTHER}`);
    }
    await mkdir(fresh, { recursive: true });
    for (const { key, text } of files) await writeFile(join(fresh, key), text);
    const had = await rename(directory, old).then(
      () => true,
      (error: unknown) => {
        if (codeOf(error) === "ENOENT") return false;
        throw error;
      },
    );
    await rename(fresh, directory).catch(async (error: unknown) => {
      if (had) await rename(old, directory);
      throw error;
    });
    if (had) await rm(old, { recursive: true });
    return { type: "written" };
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    return failed(directory, `${REASONS[codeOf(error)] ?? messageOf(error)}. ${NAME_ANOTHER}`);
  }
}

const NAME_ANOTHER = "Name another directory with --out.";

const REASONS: Readonly<Record<string, string>> = {
  ENOTDIR: "it is not a directory",
  EACCES: "permission denied",
  EROFS: "its file system is read-only",
  ENOSPC: "the disk is full",
};

function failed(directory: string, fact: string): WrittenDirectory {
  return { type: "failed", message: `Cannot write to "${directory}": ${fact}` };
}

/** Of a directory that need not be there. */
async function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(async () =>
    dirname(path) === path ? path : join(await realPathOf(dirname(path)), relative(dirname(path), path)),
  );
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith("../") && !isAbsolute(way));
}

/** Something in the directory that was made by somebody else. */
async function foreignEntry(directory: string): Promise<string | undefined> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  });
  for (const entry of entries) {
    const isOwn = entry.isFile() && (await readFile(join(directory, entry.name), "utf8")).startsWith(MADE_BY_BUNDLE);
    if (!isOwn) return entry.name;
  }
  return undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
