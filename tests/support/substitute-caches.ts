import type { ObjectChange } from "#dispatch/ports.ts";
import { parseKey } from "#resources/object-key.ts";
import type { Capabilities } from "#sandbox/sandbox.ts";
import type { CacheRequest, HandlerCaches, OpenCaches } from "#supervisor/ports.ts";
import { DEPLOYMENTS, PODS } from "./dispatch-bench.ts";
import { type ObjectFields, TickingCache } from "./ticking-cache.ts";
import { FREE_HOST_TIME } from "./free-host-time.ts";

export type ResourceOfTest = "pods" | "deployments.apps";

/** One informer: a cache of some namespaces, and those who listen to it. */
class SubstituteInformer {
  readonly cache = new TickingCache();
  readonly listeners = new Set<(change: ObjectChange) => void>();
  readonly #namespaces: readonly string[] | undefined;
  readonly #late: (() => void)[] = [];
  holders = 0;
  /** Its watch is slow: changes arrive with `deliver`. */
  lags = false;

  constructor(namespaces: readonly string[] | undefined, objects: Iterable<ObjectFields>) {
    this.#namespaces = namespaces;
    for (const fields of objects) if (this.#watches(fields.key)) this.cache.set(fields);
  }

  /** `fields` is undefined for a delete. */
  change(key: string, fields: ObjectFields | undefined): void {
    if (!this.#watches(key)) return;
    if (this.lags) this.#late.push(() => this.#show(key, fields));
    else this.#show(key, fields);
  }

  /** What is late arrives. */
  deliver(): void {
    this.lags = false;
    for (const show of this.#late.splice(0)) show();
  }

  #show(key: string, fields: ObjectFields | undefined): void {
    this.cache.tick();
    const before = this.cache.get(key);
    if (fields) this.cache.set(fields);
    else this.cache.delete(key);
    const change = { key, before, after: this.cache.get(key), last: fields ? undefined : before, relist: false };
    for (const listener of this.listeners) listener(change);
  }

  #watches(key: string): boolean {
    return this.#namespaces?.includes(parseKey(key).namespace) ?? true;
  }
}

/** A cluster of pods and deployments with an informer for each resource and set of namespaces. A test may hold back every sync. */
export class SubstituteCaches {
  readonly requests: CacheRequest[] = [];
  /** What handlers log, as `handler message`. */
  readonly logged: string[] = [];
  onLog: () => void = () => {};
  readonly #objects = { pods: new Map<string, ObjectFields>(), "deployments.apps": new Map<string, ObjectFields>() };
  readonly #informers = new Map<string, SubstituteInformer>();
  #problem: string | undefined;
  #waiting: (() => void)[] = [];

  /** Informers that somebody holds or listens to. */
  get inUse(): number {
    return this.#informers
      .values()
      .filter(({ holders, listeners }) => holders > 0 || listeners.size > 0)
      .toArray().length;
  }

  objects(resource: ResourceOfTest): ReadonlyMap<string, ObjectFields> {
    return this.#objects[resource];
  }

  write(resource: ResourceOfTest, fields: ObjectFields): void {
    this.#objects[resource].set(fields.key, fields);
    this.#tell(resource, fields.key, fields);
  }

  remove(resource: ResourceOfTest, key: string): void {
    if (this.#objects[resource].delete(key)) this.#tell(resource, key, undefined);
  }

  /** From now on caches do not sync, for this reason. */
  hold(reason: string): void {
    this.#problem = reason;
  }

  /** Whatever was held back syncs. */
  letSync(): void {
    this.#problem = undefined;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** From now on the watch of one informer is slow. */
  lag(number: number): void {
    const informer = [...this.#informers.values()].at(number % Math.max(1, this.#informers.size));
    if (informer) informer.lags = true;
  }

  /** What is late arrives everywhere. */
  deliver(): void {
    for (const informer of this.#informers.values()) informer.deliver();
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

  #cachesOf({ handler, options: { resource: name, namespaces } }: CacheRequest): HandlerCaches {
    const resource: ResourceOfTest = name.startsWith("pod") ? "pods" : "deployments.apps";
    const informer = this.#informerOf(resource, namespaces);
    informer.holders++;
    return {
      resource: resource === "pods" ? PODS : DEPLOYMENTS,
      namespaces,
      selector: { matches: () => true },
      view: informer.cache,
      capabilities: this.#capabilities(handler),
      subscribe(onChange) {
        informer.listeners.add(onChange);
        return () => void informer.listeners.delete(onChange);
      },
      release: () => void informer.holders--,
    };
  }

  #capabilities(handler: string): Capabilities {
    return {
      call: () => Promise.reject(new Error("no capabilities here")),
      hostTime: FREE_HOST_TIME,
      read: () => "null",
      log: ({ message }) => {
        this.logged.push(`${handler} ${message}`);
        this.onLog();
      },
    };
  }

  #informerOf(resource: ResourceOfTest, namespaces: readonly string[] | undefined): SubstituteInformer {
    const name = `${resource} ${namespaces?.join(",") ?? "all"}`;
    const known = this.#informers.get(name);
    if (known) return known;
    const informer = new SubstituteInformer(namespaces, this.#objects[resource].values());
    this.#informers.set(name, informer);
    return informer;
  }

  #tell(resource: ResourceOfTest, key: string, fields: ObjectFields | undefined): void {
    for (const [name, informer] of this.#informers) if (name.startsWith(`${resource} `)) informer.change(key, fields);
  }
}
