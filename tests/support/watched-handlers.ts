import type { TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock, type Clock } from "#kernel/clock.ts";
import type { Inspect } from "#loader/inspect.ts";
import type { Batch, Problem, Revision } from "#loader/revision.ts";
import { handlersFolder, type HandlersFolder } from "./handlers-folder.ts";
import { handlersLoader } from "./handlers-loader.ts";
import { inspectInVm } from "./inspect-in-vm.ts";

/** Far above what anything takes; only a failing test waits this long. */
const PATIENCE_MS = 15_000;
/** Longer than every delay of the loader. */
const QUIET_MS = 500;

/** A real folder that is watched by a real loader, and what it told. */
export class WatchedHandlers {
  readonly folder: HandlersFolder;
  readonly batches: Batch[] = [];
  #told = Promise.withResolvers<void>();

  private constructor(folder: HandlersFolder) {
    this.folder = folder;
  }

  /** Starts to watch, and waits for the first batch. */
  static async start(
    context: TestContext,
    files: Readonly<Record<string, string>>,
    inspect: Inspect = inspectInVm,
    clock: Clock = systemClock,
  ): Promise<WatchedHandlers> {
    const watched = new WatchedHandlers(handlersFolder(context, files));
    const stop = new AbortController();
    const ended = watched.#follow({ inspect, clock }, stop.signal);
    context.after(async () => {
      stop.abort();
      await ended;
    });
    await watched.until(() => watched.batches.length > 0);
    watched.batches.length = 0;
    return watched;
  }

  get revisions(): Revision[] {
    return this.batches.flatMap(({ revisions }) => revisions);
  }

  get problems(): Problem[] {
    return this.batches.flatMap(({ failures }) => failures.flatMap(({ problems }) => problems));
  }

  /** What was told, one line each. */
  get told(): string[] {
    return this.batches.flatMap(({ revisions, removed, renamed, failures, conflicts }) => [
      ...revisions.map(({ handler }) => `${handler} changed`),
      ...removed.map((handler) => `${handler} removed`),
      ...renamed.map(({ from, to }) => `${from} renamed ${to.handler}`),
      ...failures.map(({ file }) => `${file} failed`),
      ...conflicts.map(({ handler }) => `${handler} conflict`),
    ]);
  }

  /** Waits until the newest revision of a handler contains `text`. */
  async untilBuilt(text: string): Promise<void> {
    await this.until(() => this.revisions.at(-1)?.bundle.code.includes(text) === true);
  }

  async untilTold(line: string): Promise<void> {
    await this.until(() => this.told.includes(line));
  }

  async until(holds: () => boolean): Promise<void> {
    const given = AbortSignal.timeout(PATIENCE_MS);
    const lost = new Promise<never>((_resolve, reject) => {
      given.addEventListener("abort", () => reject(new Error(`waited in vain; told: ${this.told.join(", ")}`)));
    });
    while (!holds()) await Promise.race([this.#told.promise, lost]);
  }

  /** Gives everything the time to be told that has to be. */
  async quiet(): Promise<void> {
    await wait(QUIET_MS);
  }

  async #follow(deps: { inspect: Inspect; clock: Clock }, signal: AbortSignal): Promise<void> {
    for await (const batch of handlersLoader(this.folder.root, { watch: true, ...deps }).batches(signal)) {
      this.batches.push(batch);
      this.#told.resolve();
      this.#told = Promise.withResolvers();
    }
  }
}
