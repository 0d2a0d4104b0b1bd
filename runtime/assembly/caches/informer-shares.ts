import { pathIndex, pathIndexName } from "#broker/caches/path-index.ts";
import type { ResolvedLister, ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { SharedInformerFactory } from "#informer/shared-informer-factory.ts";
import type { SharedInformer } from "#informer/shared-informer.ts";
import { eachOnce } from "#kernel/each-once.ts";
import { unlessAborted } from "#kernel/unless-aborted.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { resolveResource } from "./resolve-resource.ts";
import type { ResolveDeps } from "./resolve-resource.ts";
import { untilSynced } from "./until-synced.ts";

export interface InformerSharesDeps extends ResolveDeps {
  readonly factory: SharedInformerFactory;
  /** The runtime's `-n`. `undefined`: all namespaces. */
  readonly namespace: string | undefined;
}

export interface OpenInformer {
  readonly resource: ApiResource;
  readonly informer: SharedInformer;
}

/** The informers of one handler: opened one by one, released together with whatever else must go then. */
export class InformerShares {
  readonly #deps: InformerSharesDeps;
  readonly #options: ResolvedOptions;
  readonly #onProblem: (reason: string) => void;
  readonly #signal: AbortSignal;
  readonly #shares: { release(): void }[] = [];
  #isReleased = false;

  constructor(
    deps: InformerSharesDeps,
    options: ResolvedOptions,
    onProblem: (reason: string) => void,
    signal: AbortSignal,
  ) {
    this.#deps = deps;
    this.#options = options;
    this.#onProblem = onProblem;
    this.#signal = signal;
  }

  /** The handler's, else the runtime's; `undefined`: all. */
  get namespaces(): readonly string[] | undefined {
    const { namespace } = this.#deps;
    return this.#options.namespaces ?? (namespace === undefined ? undefined : [namespace]);
  }

  async own(): Promise<OpenInformer> {
    const { resource, labelSelector, fieldSelector, pushDown, indexes } = this.#options;
    const selectors = { labelSelector: pushDown ? labelSelector : "", fieldSelector };
    return this.#open(resource, selectors, Object.values(indexes));
  }

  /** Its selector is matched by the broker, so that it shares the informer of its resource. */
  lister({ resource }: ResolvedLister): Promise<OpenInformer> {
    return this.#open(resource, { labelSelector: "", fieldSelector: "" });
  }

  release(): void {
    this.#isReleased = true;
    for (const share of this.#shares) share.release();
  }

  /** Releases it with the rest. What comes after that, since another informer could not be opened, is not kept either. */
  keep<T extends { release(): void }>(share: T): T {
    if (this.#isReleased) share.release();
    else this.#shares.push(share);
    return share;
  }

  async #open(
    name: string,
    selectors: { readonly labelSelector: string; readonly fieldSelector: string },
    paths: readonly string[] = [],
  ): Promise<OpenInformer> {
    const onProblem = eachOnce(this.#onProblem);
    const resource = await resolveResource(this.#deps, name, onProblem, this.#signal);
    this.#signal.throwIfAborted();
    if (!resource.namespaced && this.#options.namespaces && name === this.#options.resource) await this.#never(name);
    const namespaces = resource.namespaced ? (this.namespaces ?? []) : [];
    const { informer } = this.keep(this.#deps.factory.acquire({ resource, namespaces, ...selectors }));
    const indices = paths.map((path) => this.keep(informer.acquireIndex(pathIndexName(path), pathIndex(path))).ready);
    await untilSynced(informer, onProblem, this.#signal);
    await unlessAborted(Promise.all(indices), this.#signal);
    return { resource, informer };
  }

  /** Only a change of the file helps: then this is aborted. */
  async #never(name: string): Promise<never> {
    this.#onProblem(
      `Cannot watch "${name}" in namespaces: it is cluster-scoped. Remove the option "namespaces" from the handler.`,
    );
    return untilAborted(this.#signal);
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
