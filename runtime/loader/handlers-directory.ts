/**
 * Handlers from a directory: every handler file as an immutable revision, and what each save changes.
 * It tells only what holds: half-written files, saves without a change and editors' detours are not shown.
 * It runs no handler code itself and decides nothing about running handlers. The supervisor takes its batches.
 */
import type { Clock } from "#kernel/clock.ts";
import { ChangeFeed } from "./change-feed.ts";
import type { Touched } from "./change-feed.ts";
import type { LoadFiles } from "./file-loader.ts";
import { listHandlerFiles } from "./handler-files.ts";
import { KnownFiles } from "./known-files.ts";
import { projectFilesAround } from "./project-files.ts";
import type { Batch, HandlerSource } from "./revision.ts";
import { hashOfFile } from "./source-reads.ts";
import { watchFiles } from "./watcher.ts";

/** Looks at what was built are repeated, because a watcher can miss a change that follows another one closely. */
const SECOND_LOOKS_MS = [60, 120];

export interface HandlersDirectoryDeps {
  readonly clock: Clock;
  readonly load: LoadFiles;
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
    const known = new KnownFiles();
    const feed = new ChangeFeed(this.#deps.clock);
    const watcher = watch ? await watchFiles(root, (path) => feed.touch(path)) : undefined;
    watcher?.follow(projectFilesAround(root));
    try {
      const first = { paths: new Set<string>(), seenAt: this.#deps.clock.monotonic() };
      yield await this.#look(known, first, feed, signal, false);
      if (!watcher) return;
      while (!signal.aborted) {
        watcher.follow(known.sources);
        const dueMs = known.nextDue(this.#deps.clock.monotonic());
        if (dueMs !== undefined) feed.suspect([], dueMs);
        const { paths, seenAt } = await feed.next(signal);
        const changed = { paths: await differing(known, paths), seenAt };
        const batch = await this.#look(known, changed, feed, signal, true);
        const others = [...changed.paths].filter((path) => !known.sources.has(path));
        if (!isEmpty(batch) || others.length > 0) yield { ...batch, others };
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      feed.close();
      await watcher?.close();
    }
  }

  async #look(
    known: KnownFiles,
    { paths, seenAt }: Touched,
    feed: ChangeFeed,
    signal: AbortSignal,
    patient: boolean,
  ): Promise<Batch> {
    const { clock, load } = this.#deps;
    const listing = await listHandlerFiles(this.#options.root);
    const outcomes = await load(
      known.stale(listing, paths),
      seenAt,
      (sources, work) => feed.whileUntouched(sources, work),
      signal,
    );
    const read = new Set(outcomes.values().flatMap(({ sources }) => sources.keys()));
    if (read.size > 0) for (const delayMs of SECOND_LOOKS_MS) feed.suspect(read, delayMs);
    return known.absorb(listing, outcomes, clock.monotonic(), patient);
  }
}

/** The paths that do not hold what was built. */
async function differing(known: KnownFiles, paths: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const differ = await Promise.all(
    Array.from(paths, async (path) => ((await hashOfFile(path)) === known.hashOf(path) ? [] : [path])),
  );
  return new Set(differ.flat());
}

function isEmpty({ revisions, removed, renamed, failures, conflicts }: Batch): boolean {
  return [revisions, removed, renamed, failures, conflicts].every(({ length }) => length === 0);
}
