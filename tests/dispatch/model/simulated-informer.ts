import type { Cluster } from "./cluster.ts";
import { type HandlerConfig, inNamespaces, matches } from "./handler-config.ts";
import type { Seeded } from "./seeded.ts";
import { SimulatedCache } from "./simulated-cache.ts";
import { same, type Version } from "./version.ts";

export interface VersionChange {
  readonly key: string;
  readonly before: Version | undefined;
  readonly after: Version | undefined;
  readonly last: Version | undefined;
  readonly relist: boolean;
  /** It exists, but the server's selector no longer selects it. */
  readonly left: boolean;
}

/** Watches one resource of the cluster, with gaps. */
export class SimulatedInformer {
  readonly #cluster: Cluster;
  readonly #random: Seeded;
  readonly #notify: (change: VersionChange) => void;
  #scope: HandlerConfig;
  cache: SimulatedCache;
  /** It sees nothing. */
  isBlind = false;

  constructor(cluster: Cluster, random: Seeded, scope: HandlerConfig, notify: (change: VersionChange) => void) {
    this.#cluster = cluster;
    this.#random = random;
    this.#scope = scope;
    this.#notify = notify;
    this.cache = new SimulatedCache();
  }

  /** The first list. */
  list(): readonly Version[] {
    const view = this.#view();
    for (const version of view) this.cache.versions.set(version.key, version);
    return view;
  }

  write(key: string): void {
    this.#see(key, this.#cluster.write(this.#scope.resource, key));
  }

  remove(key: string): void {
    const last = this.#cluster.remove(this.#scope.resource, key);
    if (!last) return;
    this.#see(key, undefined, last);
    if (this.#random.chance(0.4)) this.write(key);
  }

  restore(): void {
    this.isBlind = true;
    this.#cluster.restore(this.#scope.resource);
    this.relist();
  }

  /** The full view, in which missed deletes and exchanged uids show only by comparison. */
  relist(): void {
    this.isBlind = false;
    const view = new Map(this.#view().map((version) => [version.key, version]));
    const objects = this.#cluster.objects(this.#scope.resource);
    for (const key of new Set([...this.cache.versions.keys(), ...view.keys()])) {
      this.#tell(key, objects.get(key), undefined, true);
    }
  }

  /** Another informer takes over. Returns the cache that was. */
  exchange(scope: HandlerConfig): SimulatedCache {
    const { cache } = this;
    this.#scope = scope;
    this.isBlind = false;
    this.cache = new SimulatedCache(this.#view());
    return cache;
  }

  #view(): Version[] {
    const { resource } = this.#scope;
    return [...this.#cluster.objects(resource).values()].filter((version) => this.#sees(version));
  }

  #sees(version: Version): boolean {
    return this.#scope.pushDown ? matches(this.#scope, version) : inNamespaces(this.#scope, version.key);
  }

  #see(key: string, now: Version | undefined, last?: Version): void {
    if (!this.isBlind) this.#tell(key, now, last, false);
  }

  /** `now` is what exists, be it selected or not. */
  #tell(key: string, now: Version | undefined, final: Version | undefined, relist: boolean): void {
    const before = this.cache.versions.get(key);
    const after = now && this.#sees(now) ? now : undefined;
    if (same(before, after)) return;
    const left = !after && now !== undefined && now.uid === before?.uid;
    const last = left ? now : final;
    if (after) this.cache.versions.set(key, after);
    else this.cache.versions.delete(key);
    this.#notify({ key, before, after, last, relist, left });
    this.cache.tick();
  }
}
