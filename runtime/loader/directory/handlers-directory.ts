/**
 * Handlers from a directory: every handler file as an immutable revision, and what each save changes.
 * It tells only what holds: half-written files, saves without a change and editors' detours are not shown.
 * It runs no handler code itself and decides nothing about running handlers. The supervisor takes its batches.
 */
import { relative } from "node:path";
import type { Clock } from "#kernel/clock.ts";
import { ChangeFeed } from "./change-feed.ts";
import { Draft } from "./draft.ts";
import type { FileLoader } from "../file-loader.ts";
import { KnownFiles, type Look } from "./known-files.ts";
import { projectFilesAround } from "./project-files.ts";
import { isEmptyBatch } from "../revision.ts";
import type { Batch, HandlerSource } from "../revision.ts";
import type { WatchFiles } from "./watcher.ts";

/** Looks at what was built are repeated, because a watcher can miss a change that follows another one closely. */
const SECOND_LOOKS_MS = [60, 120];

export interface HandlersDirectoryDeps {
  readonly clock: Clock;
  readonly loader: FileLoader;
  readonly watchFiles: WatchFiles;
}

export interface HandlersDirectoryOptions {
  /** Absolute and without links. */
  readonly root: string;
  /** Goes on with a batch for each change. */
  readonly watch: boolean;
}

export class HandlersDirectory implements HandlerSource {
  readonly #deps: HandlersDirectoryDeps;
  readonly #options: HandlersDirectoryOptions;

  constructor(deps: HandlersDirectoryDeps, options: HandlersDirectoryOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  async *batches(signal: AbortSignal): AsyncGenerator<Batch> {
    const { root, watch } = this.#options;
    const { clock, watchFiles } = this.#deps;
    const known = new KnownFiles();
    const feed = new ChangeFeed(clock);
    const watcher = watch ? await watchFiles(root, (path) => feed.touch(path)) : undefined;
    watcher?.follow(projectFilesAround(root));
    try {
      yield await this.#first(known, feed, signal);
      if (!watcher) return;
      while (!signal.aborted) {
        watcher.follow(known.sources);
        const dueMs = known.nextDue(clock.monotonic());
        if (dueMs !== undefined) feed.suspect([], dueMs);
        await feed.heard(signal);
        const batch = await this.#save(known, feed, signal);
        if (!isEmptyBatch(batch)) yield batch;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      feed.close();
      await watcher?.close();
    }
  }

  async #first(known: KnownFiles, feed: ChangeFeed, signal: AbortSignal): Promise<Batch> {
    const draft = this.#draft(known, feed, this.#deps.clock.monotonic());
    await draft.bundle(new Set());
    await draft.inspect(signal);
    return this.#absorb(draft, known, feed, "prompt");
  }

  /** The silence at the end of a save is used for work, which is done again if the save goes on. */
  async #save(known: KnownFiles, feed: ChangeFeed, signal: AbortSignal): Promise<Batch> {
    const { paths, seenAt } = feed.take();
    const draft = this.#draft(known, feed, seenAt);
    await draft.bundle(paths);
    while (!(await this.#isOver(draft, feed, seenAt, signal))) await draft.bundle(feed.take().paths);
    await draft.inspect(signal);
    const withoutEffect = known
      .withoutEffect(draft.outcomes)
      .map((path) => relative(this.#options.root, path))
      // Packages are installed, not saved.
      .filter((file) => !file.includes("node_modules/"));
    const batch = this.#absorb(draft, known, feed, "patient");
    const { sources } = known;
    return { ...batch, withoutEffect, others: [...draft.touched].filter((path) => !sources.has(path)) };
  }

  async #isOver(draft: Draft, feed: ChangeFeed, seenAt: number, signal: AbortSignal): Promise<boolean> {
    if (!feed.hasHeard) await draft.guess(signal);
    return (await feed.quiet(signal)) || feed.isRestless(seenAt);
  }

  #draft(known: KnownFiles, feed: ChangeFeed, seenAt: number): Draft {
    return new Draft({ root: this.#options.root, known, feed, loader: this.#deps.loader, seenAt });
  }

  #absorb({ listing, outcomes }: Draft, known: KnownFiles, feed: ChangeFeed, look: Look): Batch {
    const read = new Set(outcomes.values().flatMap(({ sources }) => sources.keys()));
    if (read.size > 0) for (const delayMs of SECOND_LOOKS_MS) feed.suspect(read, delayMs);
    return known.absorb(listing, outcomes, this.#deps.clock.monotonic(), look);
  }
}
