/**
 * One cache of a resource that everybody shares, and the news about it. Each change is in the cache before it is told.
 * Follows client-go's shared_informer.go. It runs once: created, started, stopped; the cache stays readable afterwards.
 * It asks the API server for nothing twice, whatever the number of its subscribers. The factory makes it.
 */
import type { Clock } from "#kernel/clock.ts";
import { LinkedAbort } from "#kernel/linked-abort.ts";
import { resourceName } from "#resources/api-resource.ts";
import { Audience, type Member } from "./listeners/audience.ts";
import { DeltaFifo } from "./queue/delta-fifo.ts";
import { DeltaProcessor } from "./queue/delta-processor.ts";
import { EventHandlers } from "./listeners/event-handlers.ts";
import type { HandlerRegistration } from "./listeners/handler-registration.ts";
import type { IndexFunction, Indexers } from "./store/indexer.ts";
import { InformerStoppedError } from "./informer-error.ts";
import type { InformerEvent, InformerObserver } from "./informer-event.ts";
import { resolveInformerOptions, type InformerOptions, type ResolvedInformerOptions } from "./informer-options.ts";
import { listWatchScopes, type InformerScope, type ListWatchScope, type ListWatchSource } from "./informer-scope.ts";
import { Lister, type IndexedReader } from "./store/lister.ts";
import type { Subscriber } from "./notification.ts";
import { ObjectStore } from "./store/object-store.ts";
import { storeFailed } from "./reflector/reflector-failure.ts";
import { worseOf, type ReflectorState } from "./reflector/reflector-state.ts";
import { Reflector } from "./reflector/reflector.ts";
import { SharedIndices, type IndexShare } from "./shared-indices.ts";
import type { KubernetesObject, ResourceEventHandler } from "./listeners/resource-event.ts";
import type { WatchListMemory } from "./reflector/watch-list-memory.ts";

export interface SharedInformerDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly listWatch: ListWatchSource;
  readonly observer: InformerObserver;
  readonly watchLists: WatchListMemory;
}

export interface EventHandlerOptions {
  /** How often the handler is told every cached object again, in milliseconds; 0: never. @default the informer's */
  readonly resyncMs?: number;
}

export class SharedInformer {
  readonly scope: InformerScope;
  /** Reads the cache, in the tick of the call. */
  readonly lister: Lister;
  readonly #deps: SharedInformerDeps;
  readonly #store = new ObjectStore();
  readonly #audience: Audience;
  readonly #handlers: EventHandlers;
  readonly #deltas: DeltaFifo;
  readonly #indices: SharedIndices;
  readonly #reflectors: readonly Reflector[];
  readonly #following = new Set<string>();
  readonly #populated = new Set<string>();
  readonly #synced = Promise.withResolvers<void>();
  readonly #stateListeners = new Set<(state: ReflectorState) => void>();
  #lifecycle: "created" | "started" | "stopped" = "created";

  constructor(scope: InformerScope, deps: SharedInformerDeps, options: InformerOptions = {}) {
    const resolved = resolveInformerOptions(options);
    this.scope = scope;
    this.#deps = deps;
    this.lister = new Lister(resourceName(scope.resource), this.#store);
    const failed = (error: unknown): void => this.#observe({ type: "handlerFailed", error });
    this.#audience = new Audience(failed);
    const processor = new DeltaProcessor({
      store: this.#store,
      audience: this.#audience,
      dueForResync: () => this.#handlers.dueForResync(),
      populated: (namespace) => this.#markPopulated(namespace),
      refused: (error) => this.#relist(error),
    });
    this.#deltas = new DeltaFifo(deps.clock, (delta) => processor.process(delta));
    this.#indices = new SharedIndices(this.#store, this.#deltas);
    this.#handlers = new EventHandlers(
      { clock: deps.clock, audience: this.#audience, deltas: this.#deltas, failed },
      resolved.resyncMs,
    );
    this.#reflectors = listWatchScopes(scope).map((one) => this.#reflectorOf(one, resolved));
  }

  /** The cache itself. Its objects are valid in the tick of the call. */
  get cache(): IndexedReader {
    return this.#store;
  }

  /** What the cache's objects take, in bytes: in use, and taken from the system. */
  get memory(): { readonly usedBytes: number; readonly allocatedBytes: number } {
    return this.#store.memory;
  }

  /** It has ended, or is about to: its cache changes no more. */
  get isStopped(): boolean {
    return this.#lifecycle === "stopped";
  }

  /** The cache has shown a complete state, and everybody was told of it. Stays true. */
  get hasSynced(): boolean {
    return this.#populated.size === this.#reflectors.length;
  }

  /** Resolves when `hasSynced` becomes true; never, if the informer stops before. */
  get synced(): Promise<void> {
    return this.#synced.promise;
  }

  /** How it is; with several namespaces, how the worst of them is. */
  get state(): ReflectorState {
    return this.#reflectors.map(({ state }) => state).reduce(worseOf);
  }

  /** Resolves when the signal has aborted and everything has ended, running handlers included. A second call returns at once. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#lifecycle !== "created") return;
    this.#lifecycle = "started";
    this.#handlers.start();
    const running = new LinkedAbort(signal);
    const close = (): void => this.#deltas.close();
    running.signal.addEventListener("abort", close);
    if (signal.aborted) close();
    try {
      await Promise.all(this.#reflectors.map((reflector) => reflector.run(running.signal)));
    } finally {
      running.abort();
      this.#lifecycle = "stopped";
      await this.#handlers.stop();
    }
  }

  /** Calls `listener` with each new state. Returns how to stop that. */
  onState(listener: (state: ReflectorState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => void this.#stateListeners.delete(listener);
  }

  /**
   * Calls `subscriber` in the tick of each change: first for what the cache holds, as added, then for every change.
   * Returns how to stop that. Throws `InformerStoppedError` when the informer has stopped.
   */
  subscribe(subscriber: Subscriber): () => void {
    this.#mustNotBeStopped("add a subscriber");
    const member: Member = { tell: subscriber, isGone: false };
    this.#deltas.push({ type: "joined", member, told: () => {} });
    return () => this.#audience.leave(member);
  }

  /** Like `subscribe`, for the changes from now on only. */
  follow(subscriber: Subscriber): () => void {
    this.#mustNotBeStopped("add a subscriber");
    const member: Member = { tell: subscriber, isGone: false };
    this.#audience.join(member);
    return () => this.#audience.leave(member);
  }

  /**
   * Calls `handler` for what the cache holds, as added, and then for every change: one call at a time, in order.
   * The first call comes after this returns. Throws `InformerStoppedError` when the informer has stopped.
   *
   * @example
   * const registration = informer.addEventHandler({ onAdd: ({ object }) => console.log(object.metadata.name) });
   * await registration.synced;
   */
  addEventHandler<T = KubernetesObject>(
    handler: ResourceEventHandler<T>,
    options: EventHandlerOptions = {},
  ): HandlerRegistration {
    this.#mustNotBeStopped("add a handler");
    return this.#handlers.add(handler, options.resyncMs);
  }

  /** Does nothing for a registration of another informer. */
  removeEventHandler(registration: HandlerRegistration): void {
    this.#handlers.remove(registration);
  }

  /** Throws `IndexExistsError`, or `InformerStoppedError`. */
  addIndexers(indexers: Indexers): void {
    this.#mustNotBeStopped("add an index");
    this.#store.addIndexers(indexers);
  }

  /**
   * One index under a name that others may ask for too, for as long as somebody needs it. A full cache is indexed with the
   * event loop free in between: wait for `ready`. Throws `InformerStoppedError`.
   */
  acquireIndex(name: string, valuesOf: IndexFunction): IndexShare {
    this.#mustNotBeStopped("add an index");
    return this.#indices.acquire(name, valuesOf);
  }

  #reflectorOf(scope: ListWatchScope, options: ResolvedInformerOptions): Reflector {
    const { clock, random, listWatch, watchLists } = this.#deps;
    const following = (isFollowing: boolean): void => this.#follow(scope.namespace, isFollowing);
    const observe = (event: InformerEvent): void => this.#observe(event, scope.namespace);
    const client = listWatch(scope);
    const deps = { clock, random, client, memory: this.#store, deltas: this.#deltas, watchLists, observe, following };
    return new Reflector(scope, deps, options);
  }

  #follow(namespace: string, isFollowing: boolean): void {
    if (isFollowing) this.#following.add(namespace);
    else this.#following.delete(namespace);
    this.#handlers.follow(this.#following.size === this.#reflectors.length);
  }

  #markPopulated(namespace: string): void {
    this.#populated.add(namespace);
    if (!this.hasSynced) return;
    this.#handlers.initialDone();
    this.#synced.resolve();
  }

  #relist(error: unknown): void {
    for (const reflector of this.#reflectors) reflector.relist(storeFailed(error));
  }

  #observe(event: InformerEvent, namespace = ""): void {
    this.#deps.observer(event, { resource: resourceName(this.scope.resource), namespace });
    if (event.type !== "stateChanged") return;
    const { state } = this;
    for (const listener of this.#stateListeners) listener(state);
  }

  #mustNotBeStopped(action: string): void {
    if (this.#lifecycle === "stopped") throw new InformerStoppedError(action, resourceName(this.scope.resource));
  }
}
