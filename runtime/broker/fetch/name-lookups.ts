import { lookup as systemLookup, type LookupAddress } from "node:dns";
import type { LookupGate } from "./lookup-gate.ts";

export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** The system's resolver, which knows `/etc/hosts` and search domains, occupies one of the process's four threads and cannot be ended. */
export const resolveAll: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/** Of one handler. Whoever asks for a name that is being looked up shares the answer. */
export class NameLookups {
  readonly #resolve: Resolve;
  readonly #gate: LookupGate;
  readonly #shared = new Map<string, Promise<readonly LookupAddress[]>>();

  constructor(resolve: Resolve, gate: LookupGate) {
    this.#resolve = resolve;
    this.#gate = gate;
  }

  lookup(hostname: string): Promise<readonly LookupAddress[]> {
    const shared = this.#shared.get(hostname);
    if (shared) return shared;
    const own = this.#gate.run(this, () => this.#resolve(hostname)).finally(() => this.#shared.delete(hostname));
    this.#shared.set(hostname, own);
    return own;
  }
}
