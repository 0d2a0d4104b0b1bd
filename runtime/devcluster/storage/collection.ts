import { keyOf, type ApiObject } from "../api-object.ts";
import type { Change } from "./change.ts";

/** The objects of one resource by key. */
export class Collection {
  readonly #objects = new Map<string, ApiObject>();
  #sorted: readonly ApiObject[] | undefined;

  get(key: string): ApiObject | undefined {
    return this.#objects.get(key);
  }

  set(key: string, object: ApiObject): void {
    this.#objects.set(key, object);
    this.#sorted = undefined;
  }

  delete(key: string): void {
    this.#objects.delete(key);
    this.#sorted = undefined;
  }

  /** By key, as etcd orders them. Kept until the next write. */
  sorted(): readonly ApiObject[] {
    return (this.#sorted ??= sortedValues(this.#objects));
  }

  /** As it was before these changes, oldest first. */
  without(changes: readonly Change[]): readonly ApiObject[] {
    const objects = new Map(this.#objects);
    for (const { object, previous } of changes.toReversed()) {
      const key = keyOf(object);
      if (previous) objects.set(key, previous);
      else objects.delete(key);
    }
    return sortedValues(objects);
  }
}

function sortedValues(objects: ReadonlyMap<string, ApiObject>): readonly ApiObject[] {
  return [...objects].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object);
}
