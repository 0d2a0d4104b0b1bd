/**
 * Every object of the cluster with one revision for all of them, as etcd keeps it: each write is the next revision.
 * Promises order: whoever follows hears each change once, in the order of revisions, also when a follower writes meanwhile.
 * Knows nothing of kinds, rights or validity.
 */
import { formatKey, type ObjectKey } from "#resources/object-key.ts";
import { keyOf, withMetadata, type ApiObject } from "../api-object.ts";
import type { Change } from "./change.ts";
import { Collection } from "./collection.ts";
import { Followers, type Follower } from "./followers.ts";
import { History } from "./history.ts";

export interface StoreOptions {
  /** The revision before the first write. @default 1000 */
  readonly firstRevision?: number;
  /** How many changes a watch can go back. @default 20000 */
  readonly historyLimit?: number;
  /** The same, as what the objects of these changes weigh. @default 64 MiB */
  readonly historyBytes?: number;
  /** How far one revision is from the one before; real clusters leave gaps. @default 1 */
  readonly revisionStep?: () => number;
}

const HISTORY_BYTES = 64 * 1024 * 1024;

export class ObjectStore {
  readonly #history: History;
  readonly #revisionStep: () => number;
  readonly #collections = new Map<string, Collection>();
  readonly #followers = new Followers();
  #revision: number;

  constructor(options: StoreOptions = {}) {
    const { firstRevision = 1000, historyLimit = 20_000, historyBytes = HISTORY_BYTES } = options;
    this.#revision = firstRevision;
    this.#history = new History({ count: historyLimit, bytes: historyBytes }, firstRevision);
    this.#revisionStep = options.revisionStep ?? (() => 1);
  }

  /** Of the latest write. */
  get revision(): number {
    return this.#revision;
  }

  /** No change up to here is known any more. */
  get compactedTo(): number {
    return this.#history.compactedTo;
  }

  get(storage: string, key: ObjectKey): ApiObject | undefined {
    return this.#collection(storage).get(formatKey(key));
  }

  /** Ordered by namespace and name. */
  list(storage: string): readonly ApiObject[] {
    return this.#collection(storage).sorted();
  }

  /** What `list` answered at a revision that is not compacted. */
  listAt(storage: string, revision: number): readonly ApiObject[] {
    const undone = this.#history.after(revision).filter((change) => change.storage === storage);
    return undone.length === 0 ? this.list(storage) : this.#collection(storage).without(undone);
  }

  /** Stores the object under its name, new or instead of the one before, and returns it with its resourceVersion. */
  put(storage: string, object: ApiObject): ApiObject {
    const collection = this.#collection(storage);
    const key = keyOf(object);
    const previous = collection.get(key);
    const stored = this.#stamp(object);
    collection.set(key, stored);
    this.#commit({
      revision: this.#revision,
      type: previous ? "MODIFIED" : "ADDED",
      storage,
      object: stored,
      previous,
    });
    return stored;
  }

  /** `last` is the state that watchers are told as the final one. */
  remove(storage: string, last: ApiObject): ApiObject {
    const collection = this.#collection(storage);
    const previous = collection.get(keyOf(last));
    const stored = this.#stamp(last);
    collection.delete(keyOf(last));
    this.#commit({ revision: this.#revision, type: "DELETED", storage, object: stored, previous });
    return stored;
  }

  /** Every change of these objects after a revision that is not compacted. */
  changesAfter(storage: string, revision: number): Change[] {
    return this.#history.after(revision).filter((change) => change.storage === storage);
  }

  /** Tells every change from now on, until the returned function is called. */
  follow(follower: Follower): () => void {
    return this.#followers.add({ follower, since: this.#revision });
  }

  /** Tells every change of these objects after a revision: at once what has happened since, the rest as it happens. */
  followAfter(storage: string, revision: number, follower: Follower): () => void {
    // More than one round if the follower writes.
    for (let since = revision; since < this.#revision;) {
      const until = this.#revision;
      for (const change of this.changesAfter(storage, since)) follower(change);
      since = until;
    }
    return this.#followers.add({ follower, storage, since: Math.max(revision, this.#revision) });
  }

  /** Forgets the changes up to a revision. @param revision the latest without one */
  compact(revision = this.#revision): void {
    this.#history.compact(revision);
  }

  #collection(storage: string): Collection {
    const existing = this.#collections.get(storage);
    if (existing) return existing;
    const created = new Collection();
    this.#collections.set(storage, created);
    return created;
  }

  #stamp(object: ApiObject): ApiObject {
    this.#revision += this.#revisionStep();
    return withMetadata(object, { resourceVersion: String(this.#revision) });
  }

  #commit(change: Change): void {
    this.#history.push(change);
    this.#followers.tell(change);
  }
}
