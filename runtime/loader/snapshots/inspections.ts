import { atOnce } from "#kernel/at-once.ts";
import { sleep, type Clock } from "#kernel/clock.ts";
import { INSPECTIONS_AT_ONCE } from "../directory/draft.ts";
import type { BundledFile, FileLoader, FileOutcome } from "../file-loader.ts";

/** A file that blocks while it loads is given up after many seconds: the others are not to wait for it. */
const STALL_MS = 500;

export interface InspectionsDeps {
  readonly clock: Clock;
  readonly loader: FileLoader;
}

export interface Inspected {
  readonly outcomes: ReadonlyMap<string, FileOutcome>;
  /** Nothing more comes. */
  readonly isWhole: boolean;
}

/** The inspections of one snapshot's files, some at a time. */
export class Inspections {
  readonly #deps: InspectionsDeps;
  readonly #outcomes = new Map<string, FileOutcome>();
  readonly #over: Promise<void>;
  #isOver = false;
  #progress = Promise.withResolvers<void>();

  /** @param signal gives up the rest */
  constructor(deps: InspectionsDeps, bundled: ReadonlyMap<string, BundledFile>, signal: AbortSignal) {
    this.#deps = deps;
    this.#over = this.#run(bundled, signal);
  }

  /** Resolves with what has ended since the last call: as soon as everything has, or something, and then nothing for a while. */
  async next(): Promise<Inspected> {
    while (!this.#isOver) {
      const isStalled = await this.#stalls();
      if (isStalled && this.#outcomes.size > 0) break;
    }
    if (this.#isOver) await this.#over;
    const outcomes = new Map(this.#outcomes);
    this.#outcomes.clear();
    return { outcomes, isWhole: this.#isOver };
  }

  async #run(bundled: ReadonlyMap<string, BundledFile>, signal: AbortSignal): Promise<void> {
    const { clock, loader } = this.#deps;
    const seenAt = clock.monotonic();
    try {
      await atOnce(bundled, INSPECTIONS_AT_ONCE, async ([file, one]) => {
        this.#outcomes.set(file, await loader.inspect(one, seenAt, signal));
        this.#tell();
      });
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#isOver = true;
      this.#tell();
    }
  }

  #tell(): void {
    this.#progress.resolve();
    this.#progress = Promise.withResolvers();
  }

  async #stalls(): Promise<boolean> {
    const progress = this.#progress.promise.then(() => false);
    const waiting = new AbortController();
    const stalled = sleep(this.#deps.clock, STALL_MS, waiting.signal).then(
      () => true,
      () => false,
    );
    const isStalled = await Promise.race([progress, stalled]);
    waiting.abort();
    return isStalled;
  }
}
