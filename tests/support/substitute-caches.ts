import type { ObjectChange } from "#dispatch/ports.ts";
import type { ResourceIdentity } from "#resources/api-resource.ts";
import type { Capabilities } from "#sandbox/sandbox.ts";
import type { CacheRequest, HandlerCaches, OpenCaches } from "#supervisor/ports.ts";
import { DEPLOYMENTS, PODS } from "./dispatch-bench.ts";
import { type ObjectFields, TickingCache } from "./ticking-cache.ts";

const NO_CAPABILITIES: Capabilities = {
  call: () => Promise.reject(new Error("no capabilities here")),
  read: () => "null",
  log: () => {},
};

/** One informer: a cache and those who listen to it. */
export class SubstituteInformer {
  readonly cache = new TickingCache();
  readonly #listeners = new Set<(change: ObjectChange) => void>();

  subscribe(onChange: (change: ObjectChange) => void): () => void {
    this.#listeners.add(onChange);
    return () => void this.#listeners.delete(onChange);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  write(fields: ObjectFields): void {
    this.cache.tick();
    const before = this.cache.get(fields.key);
    this.cache.set(fields);
    this.#tell({ key: fields.key, before, after: this.cache.get(fields.key), last: undefined, relist: false });
  }

  remove(key: string): void {
    this.cache.tick();
    const before = this.cache.get(key);
    if (!before) return;
    this.cache.delete(key);
    this.#tell({ key, before, after: undefined, last: before, relist: false });
  }

  #tell(change: ObjectChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** Caches of a cluster with pods and deployments, one informer for each resource. A test may hold them back. */
export class SubstituteCaches {
  readonly pods = new SubstituteInformer();
  readonly deployments = new SubstituteInformer();
  readonly requests: CacheRequest[] = [];
  released = 0;
  /** Why nothing syncs; `undefined`: everything does at once. */
  #problem: string | undefined;
  #waiting: (() => void)[] = [];

  /** From now on caches do not sync, for this reason. */
  hold(reason: string): void {
    this.#problem = reason;
  }

  /** Whatever was held back syncs. */
  let(): void {
    this.#problem = undefined;
    for (const go of this.#waiting.splice(0)) go();
  }

  readonly open: OpenCaches = async (request, onProblem, signal) => {
    this.requests.push(request);
    if (this.#problem !== undefined) {
      onProblem(this.#problem);
      await new Promise<void>((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        this.#waiting.push(resolve);
      });
    }
    return this.#cachesOf(request);
  };

  #cachesOf({ options }: CacheRequest): HandlerCaches {
    const isPods = options.resource === "pods";
    const informer = isPods ? this.pods : this.deployments;
    const resource: ResourceIdentity = isPods ? PODS : DEPLOYMENTS;
    return {
      resource,
      namespaces: options.namespaces,
      selector: { matches: () => true },
      view: informer.cache,
      capabilities: NO_CAPABILITIES,
      subscribe: (onChange) => informer.subscribe(onChange),
      release: () => void this.released++,
    };
  }
}
