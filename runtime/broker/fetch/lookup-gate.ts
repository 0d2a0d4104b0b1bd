import type { Clock } from "#kernel/clock.ts";

/** Half of the process's threads for lookups: the others are for what informd itself resolves and reads. */
const LOOKUPS_AT_ONCE = 2;

interface Waiting {
  readonly asker: object;
  readonly begin: () => void;
}

/**
 * Few lookups at a time for all handlers together, and one at a time for each: one whose names nobody answers for holds up itself.
 */
export class LookupGate {
  readonly #clock: Pick<Clock, "setTimer">;
  readonly #waitMs: number;
  /** Those with a lookup on its way. */
  readonly #served = new Set<object>();
  readonly #waiting = new Set<Waiting>();

  /** @param waitMs after which whoever asked is gone, and the lookup is not begun any more */
  constructor(clock: Pick<Clock, "setTimer">, waitMs: number) {
    this.#clock = clock;
    this.#waitMs = waitMs;
  }

  /** @param asker stands for a handler */
  async run<T>(asker: object, lookup: () => Promise<T>): Promise<T> {
    if (this.#mayBegin(asker)) this.#served.add(asker);
    else await this.#turn(asker);
    try {
      return await lookup();
    } finally {
      this.#served.delete(asker);
      const next = this.#waiting.values().find((waiting) => this.#mayBegin(waiting.asker));
      next?.begin();
    }
  }

  #mayBegin(asker: object): boolean {
    return this.#served.size < LOOKUPS_AT_ONCE && !this.#served.has(asker);
  }

  /** The place is taken before the promise resolves, so that nobody comes in between. */
  #turn(asker: object): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => void this.#waiting.delete(waiting);
      const timer = this.#clock.setTimer(this.#waitMs, () => {
        leave();
        reject(Object.assign(new Error("other names are being looked up"), { code: "EAI_AGAIN" }));
      });
      const waiting: Waiting = {
        asker,
        begin: () => {
          timer.cancel();
          leave();
          this.#served.add(asker);
          resolve();
        },
      };
      this.#waiting.add(waiting);
    });
  }
}
