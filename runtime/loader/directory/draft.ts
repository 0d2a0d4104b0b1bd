/**
 * What a save would change, worked out while it may still be going on: files are bundled as soon as they are touched, and again
 * when they turn out to hold something else. Nobody sees a draft before its save is over.
 */
import { join } from "node:path";
import { atOnce } from "#kernel/at-once.ts";
import type { ChangeFeed } from "./change-feed.ts";
import { contentHash } from "../content-hash.ts";
import type { BundledFile, FileLoader, FileOutcome } from "../file-loader.ts";
import { listHandlerFiles } from "./handler-files.ts";
import type { Listing } from "./handler-files.ts";
import type { KnownFiles } from "./known-files.ts";
import { hashOfFile } from "../build/source-reads.ts";
import type { Sources } from "../build/source-reads.ts";

/** Each inspection is a process. */
export const INSPECTIONS_AT_ONCE = 4;
/** Whoever empties a file is about to fill it. */
const EMPTY = contentHash("");

export interface DraftParts {
  /** The handlers directory. */
  readonly root: string;
  readonly known: KnownFiles;
  readonly feed: ChangeFeed;
  readonly loader: FileLoader;
  /** When the save was seen. */
  readonly seenAt: number;
}

interface Entry {
  readonly bundled: BundledFile;
  outcome?: FileOutcome;
}

export class Draft {
  readonly #parts: DraftParts;
  readonly #touched = new Set<string>();
  readonly #entries = new Map<string, Entry>();
  #listing: Listing = { files: [], conflicts: [] };
  #wasGuessed = false;

  constructor(parts: DraftParts) {
    this.#parts = parts;
  }

  /** Every path that something may have happened to. */
  get touched(): ReadonlySet<string> {
    return this.#touched;
  }

  get listing(): Listing {
    return this.#listing;
  }

  /** What was inspected. A file that was changed meanwhile is missing: it is a matter of the next save. */
  get outcomes(): ReadonlyMap<string, FileOutcome> {
    return new Map(
      this.#entries.entries().flatMap(([file, { outcome }]) => (outcome ? [[file, outcome] as const] : [])),
    );
  }

  /** Takes in that something may have happened to `paths`, and bundles what differs from what was built before. */
  async bundle(paths: ReadonlySet<string>): Promise<void> {
    const { root, known, feed, loader } = this.#parts;
    for (const path of paths) this.#touched.add(path);
    const [hashes, listing] = await Promise.all([hashesOf(this.#touched), listHandlerFiles(root)]);
    feed.read();
    this.#listing = listing;
    const changed = new Set(hashes.entries().flatMap(([path, hash]) => (hash === known.hashOf(path) ? [] : [path])));
    const stale = new Set(known.stale(listing, changed));
    for (const [file, entry] of this.#entries) {
      if (!stale.has(file) || !isCurrent(entry, hashes, paths)) this.#entries.delete(file);
    }
    const missing = [...stale].filter((file) => !this.#entries.has(file));
    if (missing.length === 0) return;
    for (const [file, bundled] of await loader.bundle(missing)) this.#entries.set(file, { bundled });
    feed.read();
  }

  /**
   * Inspects already now if it is likely that nothing more comes: a process serves one inspection only, and the spare one is to
   * be there for the code that stays. The common save concerns one handler.
   */
  async guess(signal: AbortSignal): Promise<void> {
    const [only, ...others] = this.#waiting();
    if (!only || others.length > 0 || this.#wasGuessed || !isLikely(only, this.#parts.root)) return;
    this.#wasGuessed = true;
    await this.#inspect(only, signal);
  }

  /** Inspects everything that was bundled. */
  async inspect(signal: AbortSignal): Promise<void> {
    await atOnce(this.#waiting(), INSPECTIONS_AT_ONCE, (waiting) => this.#inspect(waiting, signal));
  }

  #waiting(): [file: string, entry: Entry][] {
    return [...this.#entries].filter(([, { outcome }]) => !outcome);
  }

  async #inspect([, entry]: [string, Entry], signal: AbortSignal): Promise<void> {
    const { loader, feed, seenAt } = this.#parts;
    const { bundled } = entry;
    const outdated = new AbortController();
    const stop = feed.onTouch((path) => void abortIfOutdated(path, bundled.result.sources, outdated));
    try {
      entry.outcome = await loader.inspect(bundled, seenAt, AbortSignal.any([outdated.signal, signal]));
    } catch (error) {
      if (signal.aborted || !outdated.signal.aborted) throw error;
    } finally {
      stop();
    }
  }
}

async function hashesOf(paths: Iterable<string>): Promise<ReadonlyMap<string, string | undefined>> {
  return new Map(await Promise.all(Array.from(paths, async (path) => [path, await hashOfFile(path)] as const)));
}

/** Whatever is touched may be what a failed build was missing. */
function isCurrent(
  { bundled: { result } }: Entry,
  hashes: ReadonlyMap<string, string | undefined>,
  touched: ReadonlySet<string>,
): boolean {
  if (result.type === "failed" && touched.size > 0) return false;
  return result.sources.entries().every(([path, hash]) => !hashes.has(path) || hashes.get(path) === hash);
}

function isLikely([file, { bundled }]: [string, Entry], root: string): boolean {
  return bundled.result.type === "built" && bundled.result.sources.get(join(root, file)) !== EMPTY;
}

async function abortIfOutdated(path: string, sources: Sources, outdated: AbortController): Promise<void> {
  if (sources.has(path) && (await hashOfFile(path)) !== sources.get(path)) outdated.abort();
}
