import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { contentHash } from "../content-hash.ts";

/** What a write that fails leaves behind: no content has this hash. */
const UNKNOWN = "";

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

  /**
   * Rejects with what the file system says; what was done until then is not done again.
   * @param files by path
   * @param changed called with each absolute path that holds something else now
   */
  async take(files: ReadonlyMap<string, Uint8Array>, changed: (path: string) => void): Promise<void> {
    for (const file of this.#held.keys()) {
      if (!files.has(file)) changed(await this.#remove(file));
    }
    for (const [file, content] of files) {
      const hash = contentHash(content);
      if (this.#held.get(file) !== hash) changed(await this.#write(file, content, hash));
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  async #write(file: string, content: Uint8Array, hash: string): Promise<string> {
    const path = join(this.path, file);
    this.#held.set(file, UNKNOWN);
    await mkdir(dirname(path), { recursive: true });
    // It may have been a folder.
    await rm(path, { recursive: true, force: true });
    await writeFile(path, content);
    this.#held.set(file, hash);
    return path;
  }

  async #remove(file: string): Promise<string> {
    const path = join(this.path, file);
    await rm(path, { force: true }).catch(unlessNotThere);
    this.#held.delete(file);
    return path;
  }
}

/** Its folder may be no folder, if it was never written. */
function unlessNotThere(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOTDIR")) throw error;
}
