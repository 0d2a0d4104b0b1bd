import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { contentHash } from "../content-hash.ts";
import { handlerFileOf } from "../build/bundle-key.ts";
import type { Snapshot } from "./snapshot.ts";

/** A plain folder that holds the newest snapshot, so that what is built does not depend on where the snapshot came from. */
export class ScratchFolder {
  /** Without links. */
  readonly path: string;
  readonly #held = new Map<string, string>();

  /** Whatever lies at `path` is lost. */
  constructor(path: string) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    this.path = realpathSync(path);
  }

  /** Resolves with the absolute paths that hold something else now. */
  async take({ files }: Snapshot): Promise<ReadonlySet<string>> {
    const named = new Map([...files].flatMap(([key, content]) => placed(handlerFileOf(key), content)));
    // A file cannot be a folder as well: what would lie in it is left out.
    const wanted = new Map([...named].filter(([file]) => !foldersOf(file).some((folder) => named.has(folder))));
    const changed = new Set<string>();
    for (const file of this.#held.keys()) {
      if (!wanted.has(file)) changed.add(await this.#remove(file));
    }
    for (const [file, content] of wanted) {
      const hash = contentHash(content);
      if (this.#held.get(file) !== hash) changed.add(await this.#write(file, content, hash));
    }
    return changed;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  async #write(file: string, content: Uint8Array, hash: string): Promise<string> {
    const path = join(this.path, file);
    await mkdir(dirname(path), { recursive: true });
    // It may have been a folder.
    await rm(path, { recursive: true, force: true });
    await writeFile(path, content);
    this.#held.set(file, hash);
    return path;
  }

  async #remove(file: string): Promise<string> {
    const path = join(this.path, file);
    await rm(path, { force: true });
    this.#held.delete(file);
    return path;
  }
}

/** `a/b/c.ts` lies in `a` and `a/b`. */
function foldersOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

/** Nothing leaves the folder. */
function placed(file: string, content: Uint8Array): [string, Uint8Array][] {
  const inside = normalize(file);
  return inside.startsWith("..") || inside.startsWith("/") ? [] : [[inside, content]];
}
