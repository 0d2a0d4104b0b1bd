import type { TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Batch, HandlerSource, Problem, Revision } from "#loader/revision.ts";

/** Far above what anything takes; only a failing test waits this long. */
const PATIENCE_MS = 15_000;
/** Longer than every delay of the loader. */
const QUIET_MS = 500;

/** What a source of handlers told. */
export class FollowedHandlers {
  readonly batches: Batch[] = [];
  #told = Promise.withResolvers<void>();

  /** Follows the source until the test ends. Resolves with the first batch. */
  static async start(context: TestContext, source: HandlerSource): Promise<FollowedHandlers> {
    const followed = new FollowedHandlers();
    const stop = new AbortController();
    const ended = followed.#follow(source, stop.signal);
    context.after(async () => {
      stop.abort();
      await ended;
    });
    await followed.until(() => followed.batches.length > 0);
    return followed;
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

  async #follow(source: HandlerSource, signal: AbortSignal): Promise<void> {
    for await (const batch of source.batches(signal)) {
      this.batches.push(batch);
      this.#told.resolve();
      this.#told = Promise.withResolvers();
    }
  }
}
