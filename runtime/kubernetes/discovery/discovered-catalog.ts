import type { Clock } from "#kernel/clock.ts";
import { unlessAborted } from "#kernel/unless-aborted.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { RequestFailure } from "../request-failure.ts";
import type { Resolution, ResourceCatalog } from "../resource-catalog.ts";

type Discovery = readonly ApiResource[] | RequestFailure;

/** A name that is not there is looked for again, since CRDs come later; not more often than this. */
const UNKNOWN_NAME_INTERVAL_MS = 5_000;
/** A server that has just failed is left alone for so long, however often handlers ask. */
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
  #failed: { readonly failure: RequestFailure; readonly atMs: number } | undefined;
  #refresh: Promise<RequestFailure | undefined> | undefined;

  constructor(deps: DiscoveredCatalogDeps) {
    this.#deps = deps;
  }

  async resolve(name: string, signal: AbortSignal): Promise<Resolution> {
    let failure = await this.#refreshIfOlderThan(MAX_AGE_MS, signal);
    let resolution = resolveResourceName(name, this.#resources);
    if (resolution.type === "unknown" && !failure) {
      failure = await this.#refreshIfOlderThan(UNKNOWN_NAME_INTERVAL_MS, signal);
      resolution = resolveResourceName(name, this.#resources);
    }
    // Whether a name is unknown cannot be said while the server does not answer.
    return resolution.type === "unknown" && failure ? { type: "failed", failure } : resolution;
  }

  async #refreshIfOlderThan(ageMs: number, signal: AbortSignal): Promise<RequestFailure | undefined> {
    const nowMs = this.#deps.clock.monotonic();
    if (nowMs - this.#askedAt < ageMs) return undefined;
    if (this.#failed && nowMs - this.#failed.atMs < FAILURE_INTERVAL_MS) return this.#failed.failure;
    this.#refresh ??= this.#ask().finally(() => (this.#refresh = undefined));
    return unlessAborted(this.#refresh, signal);
  }

  async #ask(): Promise<RequestFailure | undefined> {
    const discovery = await this.#deps.discover();
    const atMs = this.#deps.clock.monotonic();
    this.#failed = "type" in discovery ? { failure: discovery, atMs } : undefined;
    if ("type" in discovery) return discovery;
    this.#resources = discovery;
    this.#askedAt = atMs;
    return undefined;
  }
}

/** A catalog that never asks: for commands that work without a cluster. */
export function createStaticCatalog(resources: readonly ApiResource[]): ResourceCatalog {
  return { resolve: (name) => Promise.resolve(resolveResourceName(name, resources)) };
}
