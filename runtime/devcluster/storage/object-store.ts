/**
 * Every object of the cluster with one revision for all of them, as etcd keeps it: each write is the next revision.
 * Promises order: whoever follows hears each change once, in the order of revisions, also when a follower writes meanwhile.
 * Knows nothing of kinds, rights or validity.
 */
import { formatKey, type ObjectKey } from "#resources/object-key.ts";
import { keyOf, withMetadata, type ApiObject } from "../api-object.ts";
import type { Change } from "./change.ts";
import { Collection } from "./collection.ts";
import { History } from "./history.ts";

export interface StoreOptions {
  /** The revision before the first write. @default 1000 */
  readonly firstRevision?: number;
  /** How many changes a watch can go back. @default 20000 */
  readonly historyLimit?: number;
  /** How far one revision is from the one before; real clusters leave gaps. @default 1 */
  readonly revisionStep?: () => number;
}

export type Follower = (change: Change) => void;

export class ObjectStore {
  readonly #history: History;
  readonly #revisionStep: () => number;
  readonly #collections = new Map<string, Collection>();
  readonly #followers = new Set<{ readonly follower: Follower; readonly since: number }>();
  readonly #untold: Change[] = [];
  #revision: number;
  #telling = false;

  constructor({ firstRevision = 1000, historyLimit = 20_000, revisionStep = () => 1 }: StoreOptions = {}) {
    this.#revision = firstRevision;
    this.#history = new History(historyLimit, firstRevision);
    this.#revisionStep = revisionStep;
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
    const entry = { follower, since: this.#revision };
    this.#followers.add(entry);
    return () => void this.#followers.delete(entry);
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
    this.#untold.push(change);
    if (!this.#telling) this.#tell();
  }

  /** A follower that writes adds to the queue, so that everybody hears its write after the one it answers. */
  #tell(): void {
    this.#telling = true;
    try {
      for (let change = this.#untold.shift(); change; change = this.#untold.shift()) {
        for (const { follower, since } of this.#followers) if (change.revision > since) follower(change);
      }
    } finally {
      this.#telling = false;
    }
  }
}
