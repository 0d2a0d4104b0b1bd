import { keyOf, type ApiObject } from "../api-object.ts";
import type { Change } from "./change.ts";

/** The objects of one resource by key. */
export class Collection {
  readonly #objects = new Map<string, ApiObject>();
  #keys: string[] = [];
  #sorted: ApiObject[] = [];
  /** Somebody holds `#sorted`, so the next write works on a copy. */
  #isShared = false;

  get(key: string): ApiObject | undefined {
    return this.#objects.get(key);
  }

  set(key: string, object: ApiObject): void {
    const isNew = !this.#objects.has(key);
    this.#objects.set(key, object);
    this.#unshare();
    const at = lowerBound(this.#keys, key);
    if (isNew) this.#keys.splice(at, 0, key);
    this.#sorted.splice(at, isNew ? 0 : 1, object);
  }

  delete(key: string): void {
    if (!this.#objects.delete(key)) return;
    this.#unshare();
    const at = lowerBound(this.#keys, key);
    this.#keys.splice(at, 1);
    this.#sorted.splice(at, 1);
  }

  /** By key, as etcd orders them. It stays as it is, whatever is written later. */
  sorted(): readonly ApiObject[] {
    this.#isShared = true;
    return this.#sorted;
  }

  /** As it was before these changes, oldest first. */
  without(changes: readonly Change[]): readonly ApiObject[] {
    const objects = new Map(this.#objects);
    for (const { object, previous } of changes.toReversed()) {
      const key = keyOf(object);
      if (previous) objects.set(key, previous);
      else objects.delete(key);
    }
    return [...objects].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object);
  }

  #unshare(): void {
    if (!this.#isShared) return;
    this.#sorted = [...this.#sorted];
    this.#isShared = false;
  }
}

/** Where `key` is in the sorted keys, or belongs. */
function lowerBound(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
