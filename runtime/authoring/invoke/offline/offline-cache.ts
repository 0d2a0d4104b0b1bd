import { pathIndex, pathIndexName } from "#broker/caches/path-index.ts";
import type { ResourceCache } from "#broker/ports.ts";
import type { Delivery } from "#dispatch/ports.ts";
import { namespaceIndexers } from "#informer/store/indexer.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import { type ApiResource, resourceName } from "#resources/api-resource.ts";
import { parseLabelSelector } from "#resources/label-selector.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { fieldMatcher } from "./field-matcher.ts";
import { isSameObject } from "../objects/raw-object-of.ts";

/** Of the objects of a resource, those that a handler sees in one of its caches. */
export interface OfflineScope {
  readonly resource: ApiResource;
  /** `undefined`: all, or a cluster-scoped resource. */
  readonly namespaces: readonly string[] | undefined;
  readonly labelSelector: string;
  readonly fieldSelector: string;
  /** Paths. */
  readonly indexes: readonly string[];
}

/** A cache of objects that were given, in the place of an informer's. */
export class OfflineCache implements ResourceCache {
  readonly scope: OfflineScope;
  readonly reader: ObjectStore;
  readonly #holds: (object: RawObject) => boolean;

  constructor(scope: OfflineScope, objects: readonly RawObject[]) {
    this.scope = scope;
    this.#holds = membership(scope);
    const indexers = scope.indexes.map((path) => [pathIndexName(path), pathIndex(path)] as const);
    this.reader = new ObjectStore({ ...namespaceIndexers, ...Object.fromEntries(indexers) });
    this.reader.replaceAll(objects.filter(this.#holds));
  }

  get resource(): ApiResource {
    return this.scope.resource;
  }

  /** The cache changes first, then a handler is told: the event's object is there as the event says. */
  show({ type, resource, object }: Delivery): void {
    if (resourceName(resource) !== resourceName(this.resource)) return;
    if (type !== "deleted" && this.#holds(object)) {
      this.reader.put(object);
      return;
    }
    const cached = this.reader.get(object.key);
    // One that was created again under its name stays.
    if (cached && isSameObject(cached, object)) this.reader.remove(object.key);
  }
}

function membership({ namespaces, labelSelector, fieldSelector }: OfflineScope): (object: RawObject) => boolean {
  const selector = parseLabelSelector(labelSelector);
  const hasFields = fieldMatcher(fieldSelector);
  return (object) =>
    (namespaces?.includes(object.namespace) ?? true) && selector.matches(object.labels) && hasFields(object);
}
