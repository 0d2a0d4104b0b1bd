/**
 * Handlers from snapshots: each one is compared with the one before, and only what differs is built. One batch per snapshot,
 * unless a file takes long to load; one that does not load holds back only itself. The supervisor takes its batches.
 */
import { Backoff } from "#kernel/backoff.ts";
import { sleep, type Clock } from "#kernel/clock.ts";
import { newestOf } from "#kernel/newest-of.ts";
import { listingOf } from "../directory/handler-files.ts";
import { KnownFiles } from "../directory/known-files.ts";
import type { FileLoader, FileOutcome } from "../file-loader.ts";
import { isEmptyBatch, type Batch, type HandlerSource, type Revision } from "../revision.ts";
import { Inspections } from "./inspections.ts";
import type { LastGoodBundles } from "./last-good-bundles.ts";
import { RefusedFiles } from "./refused-files.ts";
import type { ScratchFolder } from "./scratch-folder.ts";
import { layOut } from "./snapshot-layout.ts";
import type { Snapshot, SnapshotSource } from "./snapshot.ts";

export interface SnapshotHandlersDeps {
  readonly clock: Clock;
  readonly source: SnapshotSource;
  readonly scratch: ScratchFolder;
  /** Of the scratch folder. */
  readonly loader: FileLoader;
  readonly lastGood: LastGoodBundles;
  /** Is told why the scratch folder does not take a snapshot. It is tried again. */
  readonly notWritten: (path: string, reason: string) => void;
}

/** Whatever fills a disk may be gone soon. */
const WRITE_BACKOFF = { baseMs: 1_000, maxMs: 30_000 };

export class SnapshotHandlers implements HandlerSource {
  readonly #deps: SnapshotHandlersDeps;
  readonly #known = new KnownFiles();
  readonly #refused = new RefusedFiles();
  /** Paths that have changed and were not looked at to the end. */
  readonly #unfinished = new Set<string>();
  /** What the first snapshot had and nobody has looked at yet: only these are restored. `undefined`: before the first one. */
  #unseen: ReadonlySet<string> | undefined;
  #isFirst = true;

  constructor(deps: SnapshotHandlersDeps) {
    this.#deps = deps;
  }

  async *batches(signal: AbortSignal): AsyncGenerator<Batch> {
    const { source, scratch, lastGood } = this.#deps;
    try {
      for await (const { value, outdated } of newestOf(source.snapshots(signal))) {
        const isWhole = yield* this.#load(value, AbortSignal.any([signal, outdated]));
        // What was not looked at to the end may still need what loaded before the start.
        if (isWhole) await lastGood.keep(this.#known.bundles);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      await scratch.remove();
    }
  }

  /**
   * Returns whether all of it was looked at.
   * @param signal aborts when there is a newer one, which then takes over what was not finished
   */
  async *#load(snapshot: Snapshot, signal: AbortSignal): AsyncGenerator<Batch, boolean> {
    const { loader } = this.#deps;
    const { files, refused } = layOut(snapshot);
    await this.#write(files, signal);
    if (signal.aborted) return false;
    const listing = listingOf(files.keys());
    const listed = new Set(listing.files);
    this.#unseen = this.#unseen?.intersection(listed) ?? listed;
    const bundled = await loader.bundle(this.#known.stale(listing, this.#unfinished));
    const inspections = new Inspections(this.#deps, bundled, signal);
    for (;;) {
      const { outcomes, isWhole } = await inspections.next();
      const restored = await this.#restore(outcomes, signal);
      if (signal.aborted) return false;
      this.#unseen = this.#unseen.difference(outcomes);
      const found = this.#known.absorb(listing, outcomes, this.#deps.clock.monotonic(), isWhole ? "prompt" : "partial");
      const batch = withRestored(this.#refused.addTo(found, refused), restored);
      if (isWhole) this.#unfinished.clear();
      if (this.#isFirst || !isEmptyBatch(batch)) yield isWhole ? batch : { ...batch, isPartial: true };
      if (!isWhole) continue;
      this.#isFirst = false;
      return true;
    }
  }

  async #write(files: ReadonlyMap<string, Uint8Array>, signal: AbortSignal): Promise<void> {
    const { clock, scratch, notWritten } = this.#deps;
    const backoff = new Backoff(WRITE_BACKOFF);
    while (!signal.aborted) {
      try {
        return await scratch.take(files, (path) => this.#unfinished.add(path));
      } catch (error) {
        notWritten(scratch.path, error instanceof Error ? error.message : String(error));
        await sleep(clock, backoff.next(), signal).catch(() => {});
      }
    }
  }

  /** What a file that does not load was when it last loaded, before the start. */
  async #restore(outcomes: ReadonlyMap<string, FileOutcome>, signal: AbortSignal): Promise<readonly Revision[]> {
    const { clock, loader, lastGood } = this.#deps;
    const restored: Revision[] = [];
    try {
      for (const [file, { type }] of outcomes) {
        const bundle = type === "failed" && this.#unseen?.has(file) ? await lastGood.of(file) : undefined;
        if (!bundle) continue;
        const result = { type: "built", bundle, sources: new Map() } as const;
        const outcome = await loader.inspect({ result, bundledMs: 0 }, clock.monotonic(), signal);
        if (outcome.type === "failed") continue;
        this.#known.adopt(file, outcome.revisions);
        restored.push(...outcome.revisions);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return restored;
  }
}

function withRestored(batch: Batch, restored: readonly Revision[]): Batch {
  if (restored.length === 0) return batch;
  return { ...batch, revisions: [...batch.revisions, ...restored], restored: restored.map(({ handler }) => handler) };
}
