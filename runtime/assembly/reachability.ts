import type { Logger } from "#observability/logger.ts";

/** A text or a symbol of one's own: two askers with the same text count as one. */
export type Asker = string | symbol;

/** Whether the API server answers, as seen by everybody who asks it: one record when it goes away, one when it is back. */
export class Reachability {
  readonly #logger: Logger;
  readonly #server: string;
  readonly #cutOff = new Set<Asker>();

  constructor(logger: Logger, server: string) {
    this.#logger = logger;
    this.#server = server;
  }

  get isReachable(): boolean {
    return this.#cutOff.size === 0;
  }

  /** `who` got no answer. */
  lost(who: Asker, reason: string): void {
    if (this.#cutOff.size === 0) this.#logger.warn("API server unreachable", { server: this.#server, reason });
    this.#cutOff.add(who);
  }

  /** `who` got an answer. */
  back(who: Asker): void {
    if (this.#cutOff.delete(who) && this.#cutOff.size === 0)
      this.#logger.info("API server reachable", { server: this.#server });
  }

  /** `who` does not ask any more. */
  forget(who: Asker): void {
    this.#cutOff.delete(who);
  }
}
