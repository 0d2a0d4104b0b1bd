import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";
import type { Clock } from "#kernel/clock.ts";
import { reachedAddress } from "./address-class.ts";
import { UnknownApiServerError } from "./fetch-errors.ts";

const KNOWN_FOR_MS = 60_000;

export interface ApiServerAddressesDeps {
  readonly clock: Pick<Clock, "monotonic">;
  readonly resolve: (hostname: string) => Promise<readonly LookupAddress[]>;
}

/** The addresses of the API server. A name that cannot be resolved now keeps those that it had. */
export class ApiServerAddresses {
  readonly #hosts: readonly ApiServerHost[];

  constructor(deps: ApiServerAddressesDeps, hosts: readonly string[]) {
    this.#hosts = hosts.map((host) => new ApiServerHost(deps, host));
  }

  /** Throws `UnknownApiServerError` as long as a name was never resolved: any address may be its own. */
  async includes(address: string): Promise<boolean> {
    const reached = reachedAddress(address);
    const known = await Promise.all(this.#hosts.map((host) => host.addresses()));
    return known.some((addresses) => addresses.includes(reached));
  }
}

class ApiServerHost {
  readonly #deps: ApiServerAddressesDeps;
  readonly #host: string;
  #known: { readonly addresses: readonly string[]; readonly until: number } | undefined;
  #asking: Promise<readonly string[]> | undefined;

  constructor(deps: ApiServerAddressesDeps, host: string) {
    this.#deps = deps;
    this.#host = host;
    if (isIP(host) !== 0) this.#known = { addresses: [reachedAddress(host)], until: Infinity };
  }

  async addresses(): Promise<readonly string[]> {
    if (this.#known && this.#deps.clock.monotonic() <= this.#known.until) return this.#known.addresses;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return await this.#asking;
  }

  async #ask(): Promise<readonly string[]> {
    const { clock, resolve } = this.#deps;
    try {
      const addresses = (await resolve(this.#host)).map(({ address }) => reachedAddress(address));
      this.#known = { addresses, until: clock.monotonic() + KNOWN_FOR_MS };
      return addresses;
    } catch (error) {
      if (this.#known) return this.#known.addresses;
      // Behind a proxy of the kubeconfig's the name may lead nowhere from here, which is an answer as well.
      if (error instanceof Error && (error as NodeJS.ErrnoException).code === "ENOTFOUND") return [];
      throw new UnknownApiServerError(this.#host, { cause: error });
    }
  }
}
