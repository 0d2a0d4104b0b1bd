import { Lister } from "#informer/store/lister.ts";
import { resourceName } from "#resources/api-resource.ts";
import { type LabelSelector, parseLabelSelector } from "#resources/label-selector.ts";
import { formatKey } from "#resources/object-key.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { ArgumentReader } from "../argument-reader.ts";
import { BadCallError } from "../errors.ts";
import { createByteProjection } from "./byte-projection.ts";
import { jsonArrayAnswer } from "./json-array-answer.ts";
import { pathIndexName } from "./path-index.ts";
import type { EventKey, ResourceCache } from "../ports.ts";

export type ReadName = "get" | "list" | "byIndex" | "count";
/** Each is looked for in each object of a list, while the host serves nobody else. */
const MAX_FIELDS = 32;
/** Each is compared with the labels of each object of a cache. */
const MAX_SELECTOR_TERMS = 64;

type Indexes = Readonly<Record<string, string>>;

/** Reads one cache for a handler. Objects are passed on as bytes, whole or in part; none is parsed. */
export class CacheRead {
  readonly #path: string;
  readonly #cache: ResourceCache;
  readonly #lister: Lister;
  readonly #indexes: Indexes;

  /**
   * @param path for messages: `listers.pods`
   * @param indexes the handler's name of an index, and the path that it indexes
   */
  constructor(path: string, cache: ResourceCache, indexes: Indexes) {
    this.#path = path;
    this.#cache = cache;
    this.#lister = new Lister(resourceName(cache.resource), cache.reader);
    this.#indexes = indexes;
  }

  /** `get(name, namespace?)`: `null` if the cache does not have it. */
  get([name, namespace]: readonly unknown[], event: EventKey): Uint8Array | string {
    const read = this.#arguments("get");
    const { resource, reader } = this.#cache;
    const wanted = read.optionalText("the namespace", namespace) ?? event.namespace;
    const key = { namespace: resource.namespaced ? wanted : "", name: read.text("the name", name) };
    const object = reader.get(formatKey(key));
    // A copy: the cache's memory is reused.
    return object ? Buffer.from(object.bytes()) : "null";
  }

  /** `list({ namespace, labelSelector, fields, limit })` */
  list([query]: readonly unknown[]): Uint8Array {
    const read = this.#arguments("list");
    const { namespace, labelSelector, fields, limit } = read.optionalObject("the query", query);
    const objects = this.#lister.list({
      ...this.#filter("list", namespace, labelSelector),
      limit: read.optionalCount("limit", limit) ?? Infinity,
    });
    return this.#answer("list", objects, read.optionalTexts("fields", fields, MAX_FIELDS));
  }

  /** `byIndex(name, value)` */
  byIndex([name, value]: readonly unknown[]): Uint8Array {
    const read = this.#arguments("byIndex");
    const index = read.text("the index", name);
    const path = Object.hasOwn(this.#indexes, index) ? this.#indexes[index] : undefined;
    if (path === undefined) throw new BadCallError(unknownIndex(`${this.#path}.byIndex`, index, this.#indexes));
    const objects = this.#lister.byIndex(pathIndexName(path), read.optionalText("the value", value) ?? "");
    return this.#answer("byIndex", objects, undefined);
  }

  /** `count({ namespace, labelSelector })` */
  count([query]: readonly unknown[]): string {
    const read = this.#arguments("count");
    const { namespace, labelSelector } = read.optionalObject("the query", query);
    return String(this.#lister.count(this.#filter("count", namespace, labelSelector)));
  }

  #arguments(name: ReadName): ArgumentReader {
    return new ArgumentReader(`${this.#path}.${name}`);
  }

  #filter(
    name: ReadName,
    namespace: unknown,
    labelSelector: unknown,
  ): { readonly namespace: string; readonly selector: LabelSelector } {
    const read = this.#arguments(name);
    const selector = parseLabelSelector(read.optionalText("labelSelector", labelSelector) ?? "");
    if (selector.terms > MAX_SELECTOR_TERMS) {
      throw new BadCallError(
        `Cannot call ${this.#path}.${name}: labelSelector has ${selector.terms} terms; it must have at most ${MAX_SELECTOR_TERMS}. Write values of one label as "key in (a, b)"`,
      );
    }
    return { namespace: read.optionalText("namespace", namespace) ?? "", selector };
  }

  #answer(name: ReadName, objects: readonly RawObject[], fields: readonly string[] | undefined): Uint8Array {
    const project = fields && fields.length > 0 ? createByteProjection(fields) : (json: Uint8Array) => json;
    const items = Iterator.from(objects).map((object) => project(object.bytes()));
    return jsonArrayAnswer(`${this.#path}.${name}`, items);
  }
}

function unknownIndex(method: string, index: string, indexes: Indexes): string {
  const names = Object.keys(indexes).map((name) => `"${name}"`);
  const known = names.length === 0 ? `there is none; name one in the option "indexes"` : `there is ${names.join(", ")}`;
  return `Cannot call ${method}: no index is named "${index}": ${known}`;
}
