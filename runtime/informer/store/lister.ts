import { formatKey } from "#resources/object-key.ts";
import type { LabelSelector } from "#resources/label-selector.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { NAMESPACE_INDEX } from "./indexer.ts";
import type { CacheReader } from "../notification.ts";

/** Thrown by `Lister.get` for an object that the cache does not have; the same that an API server answers with. */
export class NotFoundError extends Error {
  override readonly name = "NotFoundError";
  readonly code = "NOT_FOUND";
  readonly statusCode = 404;
  readonly reason = "NotFound";
}

/** A cache with its indices, as far as reading goes. */
export interface IndexedReader extends CacheReader {
  hasIndex(name: string): boolean;
  byIndex(name: string, value: string): readonly RawObject[];
  /** Like `byIndex`, one after the other. */
  walkIndex(name: string, value: string): Iterable<RawObject>;
}

export interface ListOptions {
  /** `""`: all namespaces. @default "" */
  readonly namespace?: string;
  /** @default everything */
  readonly selector?: LabelSelector;
  /** @default no limit */
  readonly limit?: number;
}

/** Reads one resource from a cache, in no particular order (client-go: `listers.go`). Objects are valid in the tick of the call. */
export class Lister {
  readonly #resource: string;
  readonly #cache: IndexedReader;

  /** @param resource as kubectl prints it, for messages */
  constructor(resource: string, cache: IndexedReader) {
    this.#resource = resource;
    this.#cache = cache;
  }

  /** Throws `NotFoundError`. */
  get(name: string, namespace = ""): RawObject {
    const key = formatKey({ namespace, name });
    const object = this.#cache.get(key);
    if (!object) throw new NotFoundError(`Cannot get ${this.#resource} "${key}": the cache does not have it`);
    return object;
  }

  list({ namespace = "", selector, limit = Infinity }: ListOptions = {}): RawObject[] {
    const found: RawObject[] = [];
    if (limit <= 0) return found;
    const wanted = narrowing(selector);
    for (const object of this.#inNamespace(namespace)) {
      if (wanted && !wanted.matches(object.labels)) continue;
      if (found.push(object) >= limit) break;
    }
    return found;
  }

  count({ namespace = "", selector }: Omit<ListOptions, "limit"> = {}): number {
    const wanted = narrowing(selector);
    if (namespace === "" && !wanted) return this.#cache.size;
    let count = 0;
    for (const object of this.#inNamespace(namespace)) if (!wanted || wanted.matches(object.labels)) count += 1;
    return count;
  }

  /** Throws `UnknownIndexError`. */
  byIndex(name: string, value: string): readonly RawObject[] {
    return this.#cache.byIndex(name, value);
  }

  #inNamespace(namespace: string): Iterable<RawObject> {
    if (namespace === "") return this.#cache.values();
    if (this.#cache.hasIndex(NAMESPACE_INDEX)) return this.#cache.walkIndex(NAMESPACE_INDEX, namespace);
    return Iterator.from(this.#cache.values()).filter((object) => object.namespace === namespace);
  }
}

/** `undefined` for what selects everything: labels need not be read then. */
function narrowing(selector: LabelSelector | undefined): LabelSelector | undefined {
  return selector?.isEverything ? undefined : selector;
}
