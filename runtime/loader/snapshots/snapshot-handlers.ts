/**
 * Handlers from snapshots: each one is compared with the one before, and only what differs is built. One batch per snapshot,
 * and a file that does not load holds back only itself. The supervisor takes its batches.
 */
import type { Clock } from "#kernel/clock.ts";
import { atOnce } from "#kernel/at-once.ts";
import { INSPECTIONS_AT_ONCE } from "../directory/draft.ts";
import type { FileLoader, FileOutcome } from "../file-loader.ts";
import { listHandlerFiles } from "../directory/handler-files.ts";
import { KnownFiles } from "../directory/known-files.ts";
import { isEmptyBatch, type Batch, type HandlerSource, type Revision } from "../revision.ts";
import type { LastGoodBundles } from "./last-good-bundles.ts";
import type { ScratchFolder } from "./scratch-folder.ts";
import type { SnapshotSource } from "./snapshot.ts";

export interface SnapshotHandlersDeps {
  readonly clock: Clock;
  readonly source: SnapshotSource;
  readonly scratch: ScratchFolder;
  /** Of the scratch folder. */
  readonly loader: FileLoader;
  readonly lastGood: LastGoodBundles;
}

export class SnapshotHandlers implements HandlerSource {
  readonly #deps: SnapshotHandlersDeps;

  constructor(deps: SnapshotHandlersDeps) {
    this.#deps = deps;
  }

  async *batches(signal: AbortSignal): AsyncGenerator<Batch> {
    const { source, scratch, lastGood } = this.#deps;
    const known = new KnownFiles();
    let isFirst = true;
    try {
      for await (const snapshot of source.snapshots(signal)) {
        const changed = await scratch.take(snapshot);
        const batch = await this.#load(known, { changed, isFirst }, signal);
        if (isFirst || !isEmptyBatch(batch)) yield batch;
        isFirst = false;
        await lastGood.keep(known.bundles);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      await scratch.remove();
    }
  }

  async #load(
    known: KnownFiles,
    { changed, isFirst }: { readonly changed: ReadonlySet<string>; readonly isFirst: boolean },
    signal: AbortSignal,
  ): Promise<Batch> {
    const { clock, loader, scratch } = this.#deps;
    const seenAt = clock.monotonic();
    const listing = await listHandlerFiles(scratch.path);
    const outcomes = new Map<string, FileOutcome>();
    await atOnce(await loader.bundle(known.stale(listing, changed)), INSPECTIONS_AT_ONCE, async ([file, bundled]) => {
      outcomes.set(file, await loader.inspect(bundled, seenAt, signal));
    });
    const restored = isFirst ? await this.#restore(known, outcomes, signal) : [];
    const batch = known.absorb(listing, outcomes, clock.monotonic(), false);
    if (restored.length === 0) return batch;
    return { ...batch, revisions: [...batch.revisions, ...restored], restored: restored.map(({ handler }) => handler) };
  }

  /** What a file that does not load was when it last loaded, before the start. */
  async #restore(
    known: KnownFiles,
    outcomes: ReadonlyMap<string, FileOutcome>,
    signal: AbortSignal,
  ): Promise<readonly Revision[]> {
    const { clock, loader, lastGood } = this.#deps;
    const restored: Revision[] = [];
    for (const [file, { type }] of outcomes) {
      const bundle = type === "failed" ? await lastGood.of(file) : undefined;
      if (!bundle) continue;
      const result = { type: "built", bundle, sources: new Map() } as const;
      const outcome = await loader.inspect({ result, bundledMs: 0 }, clock.monotonic(), signal);
      if (outcome.type === "failed") continue;
      known.adopt(file, outcome.revisions);
      restored.push(...outcome.revisions);
    }
    return restored;
  }
}
