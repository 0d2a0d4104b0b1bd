import { handlerFileOf } from "../build/bundle-key.ts";
import type { Snapshot } from "./snapshot.ts";

/** Where the files of a snapshot lie, as one directory. */
export interface SnapshotLayout {
  /** By path in the directory. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Why a file has no place, by its name in the snapshot. */
  readonly refused: ReadonlyMap<string, string>;
}

/** A file keeps its own name before another one gets it. */
export function layOut({ files }: Snapshot): SnapshotLayout {
  const refused = new Map<string, string>();
  const placed = new Map<string, Uint8Array>();
  const names = [...files.keys()].toSorted((a, b) => Number(isRenamed(a)) - Number(isRenamed(b)));
  const taken = new Set(names.map(handlerFileOf));
  for (const name of names) {
    const file = handlerFileOf(name);
    const folder = foldersOf(file).find((one) => taken.has(one));
    if (placed.has(file)) refused.set(name, `It means "${file}", and so does another one: rename one of them`);
    else if (folder !== undefined) refused.set(name, `It lies in "${folder}", which is a file: rename one of them`);
    else placed.set(file, files.get(name) ?? new Uint8Array());
  }
  return { files: placed, refused };
}

function isRenamed(name: string): boolean {
  return handlerFileOf(name) !== name;
}

/** `a/b/c.ts` lies in `a` and `a/b`. */
function foldersOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}
