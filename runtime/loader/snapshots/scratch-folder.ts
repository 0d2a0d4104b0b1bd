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
    const wanted = new Map([...files].flatMap(([key, content]) => placed(handlerFileOf(key), content)));
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

/** Nothing leaves the folder. */
function placed(file: string, content: Uint8Array): [string, Uint8Array][] {
  const inside = normalize(file);
  return inside.startsWith("..") || inside.startsWith("/") ? [] : [[inside, content]];
}
