/**
 * Makes informers so that equal ones are shared: one for each resource, set of namespaces and server-side selectors.
 * Ten users of one scope cost one LIST and one WATCH. It starts them and stops them; it does not know what they are for.
 */
import { systemClock, type Clock } from "#kernel/clock.ts";
import { LinkedAbort } from "#kernel/linked-abort.ts";
import type { InformerObserver } from "./informer-event.ts";
import type { InformerOptions } from "./informer-options.ts";
import { scopeKey, scopeName, type InformerScope, type ListWatchSource } from "./informer-scope.ts";
import { SharedInformer, type SharedInformerDeps } from "./shared-informer.ts";
import { waitForSync, type SyncResult } from "./wait-for-sync.ts";
import { WatchListMemory } from "./reflector/watch-list-memory.ts";

export interface SharedInformerFactoryDeps {
  /** Opens lists and watches: a cluster. */
  readonly listWatch: ListWatchSource;
  /** Told of failures, recoveries, and what handlers throw. @default nobody is */
  readonly observer?: InformerObserver;
  /** @default the system's */
  readonly clock?: Clock;
  /** In [0, 1). @default Math.random */
  readonly random?: () => number;
}

/** What an informer shall hold. Only `resource` is needed. */
export type ScopeRequest = Pick<InformerScope, "resource"> & Partial<InformerScope>;

/** One user's share in an informer. */
export interface InformerShare {
  readonly informer: SharedInformer;
  /** The informer stops when nobody has a share in it any more. Idempotent. */
  release(): void;
}

interface Entry {
  readonly informer: SharedInformer;
  readonly stop: AbortController;
  shares: number;
  run: Promise<void> | undefined;
}

/**
 * @example
 * const factory = new SharedInformerFactory(cluster, { resyncMs: 30_000 });
 * const pods = factory.informer({ resource });
 * pods.addEventHandler({ onAdd: ({ object }) => console.log(object.metadata.name) });
 * factory.start(signal);
 * await factory.waitForCacheSync(signal);
 */
export class SharedInformerFactory {
  readonly #deps: SharedInformerDeps;
  readonly #options: InformerOptions;
  readonly #entries = new Map<string, Entry>();
  /** Also of informers that nobody needs any more and that are ending. */
  readonly #runs = new Set<Promise<void>>();
  readonly #shutdown = new AbortController();
  #signal: AbortSignal | undefined;

  /** @param options of every informer that does not say otherwise */
  constructor(deps: SharedInformerFactoryDeps, options: InformerOptions = {}) {
    const { listWatch, observer = () => {}, clock = systemClock, random = Math.random } = deps;
    this.#deps = { listWatch, observer, clock, random, watchLists: new WatchListMemory(clock) };
    this.#options = options;
  }

  /** Those that somebody has a share in. */
  get informers(): readonly SharedInformer[] {
    return Array.from(this.#entries.values(), ({ informer }) => informer);
  }

  /**
   * The informer of a scope, for as long as the factory runs. The first call for a scope makes it, with its options;
   * later ones return the same. It begins with the next `start`.
   */
  informer(scope: ScopeRequest, options: InformerOptions = {}): SharedInformer {
    const entry = this.#entry(scope, options);
    entry.shares += 1;
    return entry.informer;
  }

  /** Like `informer`, but it begins at once if the factory has started, and it stops when its last share is released. */
  acquire(scope: ScopeRequest, options: InformerOptions = {}): InformerShare {
    const entry = this.#entry(scope, options);
    entry.shares += 1;
    if (this.#signal) this.#begin(entry, this.#signal);
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      this.#release(entry);
    };
    return { informer: entry.informer, release };
  }

  /** Begins what has not begun. Call it again after further `informer` calls. Nothing begins after `shutdown`. */
  start(signal: AbortSignal): void {
    this.#signal = signal;
    for (const entry of this.#entries.values()) this.#begin(entry, signal);
  }

  /** Waits for the informers that have begun. */
  waitForCacheSync(signal: AbortSignal): Promise<SyncResult> {
    const begun = [...this.#entries.values()].filter(({ run }) => run !== undefined);
    const named = begun.map(({ informer }) => [scopeName(informer.scope), informer] as const);
    const waiting = new LinkedAbort(signal, this.#shutdown.signal);
    return waitForSync(Object.fromEntries(named), waiting.signal).finally(() => waiting.release());
  }

  /** Stops every informer and resolves when all have ended, running handlers included. */
  async shutdown(): Promise<void> {
    this.#shutdown.abort();
    await Promise.all(this.#runs);
  }

  #entry(request: ScopeRequest, options: InformerOptions): Entry {
    const scope = { namespaces: [], labelSelector: "", fieldSelector: "", ...request };
    const key = scopeKey(scope);
    const known = this.#entries.get(key);
    if (known) return known;
    const informer = new SharedInformer(scope, this.#deps, { ...this.#options, ...options });
    const entry: Entry = { informer, stop: new AbortController(), shares: 0, run: undefined };
    this.#entries.set(key, entry);
    return entry;
  }

  #begin(entry: Entry, signal: AbortSignal): void {
    if (entry.run || this.#shutdown.signal.aborted) return;
    const abort = new LinkedAbort(signal, entry.stop.signal, this.#shutdown.signal);
    const run = entry.informer.run(abort.signal).finally(() => {
      abort.release();
      this.#runs.delete(run);
    });
    entry.run = run;
    this.#runs.add(run);
  }

  #release(entry: Entry): void {
    entry.shares -= 1;
    if (entry.shares > 0) return;
    this.#entries.delete(scopeKey(entry.informer.scope));
    entry.stop.abort();
  }
}
