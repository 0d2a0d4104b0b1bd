import { sleep, type Clock } from "#kernel/clock.ts";
import { unlessAborted } from "#kernel/unless-aborted.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { RequestFailure } from "../request-failure.ts";
import type { Resolution, ResourceCatalog } from "../resource-catalog.ts";

type Discovery = readonly ApiResource[] | RequestFailure;

/** A name that is not there is looked for again, since CRDs come later; not more often than this. */
const UNKNOWN_NAME_INTERVAL_MS = 5_000;
/** A server that has just failed is left alone for so long, however many ask: they wait, and hear the next answer together. */
const FAILURE_INTERVAL_MS = 1_000;
/** Versions come and go, too. */
const MAX_AGE_MS = 60_000;

export interface DiscoveredCatalogDeps {
  readonly clock: Clock;
  readonly discover: () => Promise<Discovery>;
}

/** What the server has, asked when a name is resolved and remembered for the next ones. */
export class DiscoveredCatalog implements ResourceCatalog {
  readonly #deps: DiscoveredCatalogDeps;
  #resources: readonly ApiResource[] = [];
  #askedAt = -Infinity;
  #failedAt = -Infinity;
  #refresh: Promise<RequestFailure | undefined> | undefined;

  constructor(deps: DiscoveredCatalogDeps) {
    this.#deps = deps;
  }

  async resolve(name: string, signal: AbortSignal): Promise<Resolution> {
    let resolution = resolveResourceName(name, this.#resources);
    // What is known need not wait for a server that does not answer.
    if (resolution.type !== "unknown" && this.#restMs > 0) return resolution;
    let failure = await this.#refreshIfOlderThan(MAX_AGE_MS, signal);
    resolution = resolveResourceName(name, this.#resources);
    if (resolution.type === "unknown" && !failure) {
      failure = await this.#refreshIfOlderThan(UNKNOWN_NAME_INTERVAL_MS, signal);
      resolution = resolveResourceName(name, this.#resources);
    }
    // Whether a name is unknown cannot be said while the server does not answer.
    return resolution.type === "unknown" && failure ? { type: "failed", failure } : resolution;
  }

  async #refreshIfOlderThan(ageMs: number, signal: AbortSignal): Promise<RequestFailure | undefined> {
    if (this.#deps.clock.monotonic() - this.#askedAt < ageMs) return undefined;
    this.#refresh ??= this.#ask().finally(() => (this.#refresh = undefined));
    return unlessAborted(this.#refresh, signal);
  }

  /** For which the server is left alone. */
  get #restMs(): number {
    return this.#failedAt + FAILURE_INTERVAL_MS - this.#deps.clock.monotonic();
  }

  async #ask(): Promise<RequestFailure | undefined> {
    const { clock, discover } = this.#deps;
    if (this.#restMs > 0) await sleep(clock, this.#restMs);
    const discovery = await discover();
    const now = clock.monotonic();
    if ("type" in discovery) {
      this.#failedAt = now;
      return discovery;
    }
    this.#resources = discovery;
    this.#askedAt = now;
    return undefined;
  }
}

/** A catalog that never asks: for commands that work without a cluster. */
export function createStaticCatalog(resources: readonly ApiResource[]): ResourceCatalog {
  return { resolve: (name) => Promise.resolve(resolveResourceName(name, resources)) };
}
