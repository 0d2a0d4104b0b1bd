import { errorLine } from "#kernel/error-line.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";

interface Refusal {
  readonly revision: string;
  readonly reason: string;
}

/** Which handlers' newest revision has a process that does not come up, and why. */
export class Refusals {
  readonly #refusals = new Map<string, Refusal>();

  /** By handler. */
  get reasons(): ReadonlyMap<string, string> {
    return new Map(Array.from(this.#refusals, ([handler, { reason }]) => [handler, reason]));
  }

  get observer(): Partial<SupervisorObserver> {
    const forget = (handler: string): void => void this.#refusals.delete(handler);
    return {
      refused: ({ handler, id }, error) => void this.#refusals.set(handler, { revision: id, reason: errorLine(error) }),
      live: ({ handler }) => forget(handler),
      confirmed: ({ handler }) => forget(handler),
      degraded: ({ handler, id }) => {
        if (this.#refusals.get(handler)?.revision !== id) forget(handler);
      },
      removed: forget,
      renamed: forget,
    };
  }
}
