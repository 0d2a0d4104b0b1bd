import type {
  ListPage,
  ListQuery,
  ListWatchClient,
  WatchEnd,
  WatchEventType,
  WatchQuery,
  WatchSink,
} from "#kubernetes/list-watch.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import { pod, scanned, type KubernetesObject } from "./objects.ts";
import { expired } from "./scripted-list-watch.ts";

interface Change {
  readonly version: number;
  readonly type: WatchEventType;
  readonly object: KubernetesObject;
}

interface OpenWatch {
  readonly sink: WatchSink;
  readonly end: (end: WatchEnd) => void;
}

/** Pods in memory with a history, listed and watched as an API server does it. Faults come when the test says so. */
export class SimulatedApiServer implements ListWatchClient {
  readonly #objects = new Map<string, KubernetesObject>();
  #history: Change[] = [];
  #version = 10;
  #oldest = 10;
  #uids = 0;
  readonly #watches = new Set<OpenWatch>();
  readonly #faults: RequestFailure[] = [];

  /** `default/name@version uid`, sorted. */
  get content(): string[] {
    return Array.from(this.#objects.values(), ({ metadata }) => {
      return `${metadata?.namespace}/${metadata?.name}@${metadata?.resourceVersion} ${metadata?.uid}`;
    }).sort();
  }

  /** Creates or changes. */
  write(name: string): void {
    const uid = this.#objects.get(name)?.metadata?.uid ?? `uid-${++this.#uids}`;
    const isNew = !this.#objects.has(name);
    const object = pod({ name, uid, resourceVersion: `${++this.#version}` });
    this.#objects.set(name, object);
    this.#tell({ version: this.#version, type: isNew ? "ADDED" : "MODIFIED", object });
  }

  delete(name: string): void {
    const last = this.#objects.get(name);
    if (!last?.metadata?.uid) return;
    this.#objects.delete(name);
    const object = pod({ name, uid: last.metadata.uid, resourceVersion: `${++this.#version}` });
    this.#tell({ version: this.#version, type: "DELETED", object });
  }

  /** Sends bookmarks. */
  bookmark(): void {
    for (const { sink } of this.#watches) sink.bookmark(`${this.#version}`, false);
  }

  /** Forgets the history. */
  compact(): void {
    this.#history = [];
    this.#oldest = this.#version;
  }

  /** Ends all watches. */
  cut(end: WatchEnd = { type: "closed" }): void {
    for (const watch of this.#watches) watch.end(end);
    this.#watches.clear();
  }

  /** The next request fails. */
  failNext(failure: RequestFailure): void {
    this.#faults.push(failure);
  }

  async list(
    query: ListQuery,
    item: (object: ScannedObject) => void,
    signal: AbortSignal,
  ): Promise<ListPage | RequestFailure> {
    await Promise.resolve();
    signal.throwIfAborted();
    const failure = this.#faults.shift();
    if (failure) return failure;
    if (query.continue !== undefined && Number(query.continue.split(" ")[0]) < this.#oldest) return expired;
    const [version = `${this.#version}`, from = "0"] = query.continue?.split(" ") ?? [];
    if (query.continue !== undefined && Number(version) !== this.#version) return expired;
    const all = [...this.#objects.values()];
    const end = Math.min(all.length, Number(from) + (query.limit ?? all.length));
    for (const object of all.slice(Number(from), end)) item(scanned(object));
    return { type: "page", resourceVersion: version, continue: end < all.length ? `${version} ${end}` : undefined };
  }

  watch(query: WatchQuery, sink: WatchSink, signal: AbortSignal): Promise<WatchEnd> {
    const failure = this.#faults.shift() ?? (this.#isGone(query) ? expired : undefined);
    if (failure) return Promise.resolve({ type: "failed", opened: false, failure });
    const { promise, resolve, reject } = Promise.withResolvers<WatchEnd>();
    const watch: OpenWatch = { sink, end: resolve };
    signal.addEventListener("abort", () => {
      this.#watches.delete(watch);
      reject(signal.reason);
    });
    sink.opened();
    if (query.sendInitialEvents) {
      for (const object of this.#objects.values()) sink.event("ADDED", scanned(object));
      sink.bookmark(`${this.#version}`, true);
    } else {
      const missed = this.#history.filter(({ version }) => version > Number(query.resourceVersion));
      for (const { type, object } of missed) sink.event(type, scanned(object));
    }
    this.#watches.add(watch);
    return promise;
  }

  #isGone({ resourceVersion, sendInitialEvents }: WatchQuery): boolean {
    return !sendInitialEvents && Number(resourceVersion) < this.#oldest;
  }

  #tell(change: Change): void {
    this.#history.push(change);
    for (const { sink } of this.#watches) sink.event(change.type, scanned(change.object));
  }
}
