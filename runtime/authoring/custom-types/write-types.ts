import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { MADE_BY_TYPES } from "./types-source.ts";

export type WrittenTypes =
  | { readonly type: "written" | "unchanged" }
  /** `message` says what to do. */
  | { readonly type: "failed"; readonly message: string };

/** Writes the file at once, or not at all; never over one that somebody else has written. */
export async function writeTypes(path: string, text: string): Promise<WrittenTypes> {
  const fresh = `${path}.new-${process.pid}`;
  try {
    const before = await readFile(path, "utf8").catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    });
    if (before === text) return { type: "unchanged" };
    if (before !== undefined && !before.startsWith(MADE_BY_TYPES)) {
      return failed(path, "it is there already, and informd types has not written it");
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(fresh, text);
    await rename(fresh, path);
    return { type: "written" };
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => {});
    return failed(path, REASONS[codeOf(error)] ?? (error instanceof Error ? error.message : String(error)));
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: "it is a directory",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "a part of its path is a file",
  EACCES: "permission denied",
  EROFS: "its file system is read-only",
  ENOSPC: "the disk is full",
};

function failed(path: string, fact: string): WrittenTypes {
  return { type: "failed", message: `Cannot write types to "${path}": ${fact}. Name another file with --out.` };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
