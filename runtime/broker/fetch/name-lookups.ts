import { lookup as systemLookup, type LookupAddress } from "node:dns";
import type { Clock } from "#kernel/clock.ts";

export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** The system's resolver, which knows `/etc/hosts` and search domains, occupies one of the process's four threads and cannot be ended. */
export const resolveAll: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/** Half of the threads: the others are for what informd itself resolves and reads. */
const LOOKUPS_AT_ONCE = 2;

export interface NameLookupsDeps {
  readonly clock: Pick<Clock, "setTimer">;
  readonly resolve: Resolve;
}

interface Waiting {
  readonly begin: () => void;
}

/** Few lookups at a time for all handlers together; whoever asks for a name that is being looked up shares the answer. */
export class NameLookups {
  readonly #deps: NameLookupsDeps;
  readonly #waitMs: number;
  readonly #shared = new Map<string, Promise<readonly LookupAddress[]>>();
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  /** @param waitMs after which whoever asked is gone, and the lookup is not begun any more */
  constructor(deps: NameLookupsDeps, waitMs: number) {
    this.#deps = deps;
    this.#waitMs = waitMs;
  }

  lookup(hostname: string): Promise<readonly LookupAddress[]> {
    const shared = this.#shared.get(hostname);
    if (shared) return shared;
    const own = this.#run(hostname).finally(() => this.#shared.delete(hostname));
    this.#shared.set(hostname, own);
    return own;
  }

  async #run(hostname: string): Promise<readonly LookupAddress[]> {
    if (this.#running >= LOOKUPS_AT_ONCE) await this.#turn();
    else this.#running++;
    try {
      return await this.#deps.resolve(hostname);
    } finally {
      const [next] = this.#waiting;
      if (next) next.begin();
      else this.#running--;
    }
  }

  /** The place of the one before is handed on, so that nobody comes in between. */
  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => void this.#waiting.delete(waiting);
      const timer = this.#deps.clock.setTimer(this.#waitMs, () => {
        leave();
        reject(Object.assign(new Error("other names are being looked up"), { code: "EAI_AGAIN" }));
      });
      const waiting: Waiting = {
        begin: () => {
          timer.cancel();
          leave();
          resolve();
        },
      };
      this.#waiting.add(waiting);
    });
  }
}
