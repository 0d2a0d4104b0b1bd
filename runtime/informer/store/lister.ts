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

  list({ namespace, selector, limit }: ListOptions = {}): RawObject[] {
    return [...this.#select(namespace, selector).take(limit ?? Infinity)];
  }

  count({ namespace = "", selector }: Omit<ListOptions, "limit"> = {}): number {
    if (namespace === "" && isEverything(selector)) return this.#cache.size;
    return this.#select(namespace, selector).reduce((count) => count + 1, 0);
  }

  /** Throws `UnknownIndexError`. */
  byIndex(name: string, value: string): readonly RawObject[] {
    return this.#cache.byIndex(name, value);
  }

  #select(namespace = "", selector?: LabelSelector): IteratorObject<RawObject> {
    const objects = Iterator.from(this.#inNamespace(namespace));
    if (!selector || isEverything(selector)) return objects;
    return objects.filter(({ labels }) => selector.matches(labels));
  }

  #inNamespace(namespace: string): Iterable<RawObject> {
    if (namespace === "") return this.#cache.values();
    if (this.#cache.hasIndex(NAMESPACE_INDEX)) return this.#cache.byIndex(NAMESPACE_INDEX, namespace);
    return Iterator.from(this.#cache.values()).filter((object) => object.namespace === namespace);
  }
}

function isEverything(selector: LabelSelector | undefined): boolean {
  return selector?.isEverything ?? true;
}
