import type { ResourceCache } from "#broker/ports.ts";
import { namespaceIndexers } from "#informer/store/indexer.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { formatKey } from "#resources/object-key.ts";
import { PODS } from "./api-resources.ts";
import { type KubernetesObject, rawObject } from "./objects.ts";

/** A cache that changes as the test says, and tells so as an informer does: first changed, then told. */
export class FollowedCache implements ResourceCache {
  readonly resource: ApiResource;
  readonly reader = new ObjectStore(namespaceIndexers);
  readonly #followers = new Set<(key: string) => void>();
  readonly #objects = new Map<string, KubernetesObject>();

  constructor(resource: ApiResource = PODS) {
    this.resource = resource;
  }

  get followers(): number {
    return this.#followers.size;
  }

  readonly follow = (onChange: (key: string) => void): (() => void) => {
    this.#followers.add(onChange);
    return () => void this.#followers.delete(onChange);
  };

  show(...objects: readonly KubernetesObject[]): void {
    for (const object of objects) this.#change(keyOf(object), object);
  }

  drop(object: KubernetesObject): void {
    this.#change(keyOf(object), undefined);
  }

  #change(key: string, object: KubernetesObject | undefined): void {
    if (object) this.#objects.set(key, object);
    else this.#objects.delete(key);
    this.reader.replaceAll([...this.#objects.values()].map(rawObject));
    for (const follower of this.#followers) follower(key);
  }
}

function keyOf({ metadata }: KubernetesObject): string {
  return formatKey({ namespace: metadata?.namespace ?? "", name: metadata?.name ?? "" });
}
