/**
 * A mounted ConfigMap, as kubelet updates it: a new folder, then one rename of the link `..data`. Nothing else of what happens
 * in the mount matters. https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/util/atomic_writer.go
 */
import { existsSync, watch, type FSWatcher } from "node:fs";
import { join } from "node:path";
import { sleep, type Clock } from "#kernel/clock.ts";
import { DATA_LINK, readVersion, versionOf } from "./read-mount.ts";
import type { Snapshot, SnapshotSource } from "./snapshot.ts";

/** Some file systems report no changes, and machines run out of watches. */
const POLL_MS = 2000;

export function isMount(directory: string): boolean {
  return existsSync(join(directory, DATA_LINK));
}

export interface MountDeps {
  readonly clock: Clock;
  /** Is told, once for each reason in a row, why the mount cannot be read. It is tried again. */
  readonly notRead: (reason: string) => void;
}

export class Mount implements SnapshotSource {
  readonly #deps: MountDeps;
  readonly #directory: string;
  /** What is served. */
  #version: string | undefined;
  #problem: string | undefined;

  constructor(deps: MountDeps, directory: string) {
    this.#deps = deps;
    this.#directory = directory;
  }

  async *snapshots(signal: AbortSignal): AsyncGenerator<Snapshot> {
    using swaps = new Swaps(this.#directory);
    while (!signal.aborted) {
      const swap = swaps.next();
      const snapshot = await this.#readNew();
      if (snapshot) yield snapshot;
      else await this.#nextLook(swap, signal);
    }
  }

  async #readNew(): Promise<Snapshot | undefined> {
    try {
      const version = await versionOf(this.#directory);
      const isNew = version !== undefined && version !== this.#version;
      const snapshot = isNew ? await readVersion(this.#directory, version) : undefined;
      if (snapshot) this.#version = version;
      this.#problem = undefined;
      return snapshot;
    } catch (error) {
      this.#tell(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  #tell(problem: string): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    const reason = `Cannot read handlers of "${this.#directory}": ${problem}. It is tried again every ${POLL_MS / 1000} s; what is live goes on.`;
    this.#deps.notRead(reason);
  }

  async #nextLook(swap: Promise<void>, signal: AbortSignal): Promise<void> {
    const looked = new AbortController();
    const limit = sleep(this.#deps.clock, POLL_MS, AbortSignal.any([looked.signal, signal])).catch(() => {});
    await Promise.race([swap, limit]);
    looked.abort();
  }
}

/** Tells when `..data` has been renamed, where the file system says so. */
class Swaps implements Disposable {
  readonly #watcher: FSWatcher | undefined;
  #swapped = Promise.withResolvers<void>();

  constructor(directory: string) {
    this.#watcher = this.#watch(directory);
  }

  /** Resolves at the first swap from now on. */
  next(): Promise<void> {
    return this.#swapped.promise;
  }

  [Symbol.dispose](): void {
    this.#watcher?.close();
  }

  #watch(directory: string): FSWatcher | undefined {
    try {
      const watcher = watch(directory, (_event, name) => void (name === DATA_LINK && this.#tell()));
      return watcher.on("error", () => watcher.close());
    } catch {
      return undefined;
    }
  }

  #tell(): void {
    this.#swapped.resolve();
    this.#swapped = Promise.withResolvers();
  }
}
