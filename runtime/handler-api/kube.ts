/** Requests to the API server, made by the runtime for the handler. Each is checked against `allow.kube`. */
import type { ObjectOf, ResourceName } from "./resources.ts";
import type { Identity } from "./wire.ts";

/**
 * Every call rejects with `NotAllowedError` if `allow.kube` does not name it, and with an `ApiError` (see `isApiError`)
 * if the API server refuses. A write to a resource that the handler has a cache of resolves when the cache shows it, or after a second.
 * At most 40 requests of a handler go out at once and then 20 a second; the others wait.
 */
export interface Kube {
  get<const Resource extends ResourceName>(resource: Resource, target: KubeTarget): Promise<ObjectOf<Resource>>;
  list<const Resource extends ResourceName>(resource: Resource, query?: KubeQuery): Promise<ObjectOf<Resource>[]>;
  /** The namespace defaults to the event's. Answers with the object as the API server has it. */
  create<T extends KubeObject>(object: T): Promise<Written<T>>;
  /** Server-side apply as field manager `informd:<handler>`; takes over fields that others own. Needs `create` and `patch`. */
  apply<T extends KubeObject>(object: T): Promise<Written<T>>;
  patch<const Resource extends ResourceName>(
    resource: Resource,
    target: KubeTarget,
    patch: KubePatch,
    options?: PatchOptions,
  ): Promise<ObjectOf<Resource>>;
  /** Needs `patch <resource>/status`. */
  patchStatus<const Resource extends ResourceName>(
    resource: Resource,
    target: KubeTarget,
    patch: KubePatch,
    options?: PatchOptions,
  ): Promise<ObjectOf<Resource>>;
  /** Sets the number of replicas. Needs `patch <resource>/scale`. */
  scale(resource: ResourceName, target: KubeTarget, replicas: number): Promise<void>;
  /** Resolves once the server has accepted it; finalizers and grace periods may hold the object for longer. */
  delete(resource: ResourceName, target: KubeTarget): Promise<void>;
  /**
   * Has a pod go, unless a PodDisruptionBudget stands against it: then the `ApiError` is a `TooManyRequests` with a cause
   * `DisruptionBudget`. Needs `create pods/eviction`.
   */
  evict(resource: ResourceName, target: KubeTarget): Promise<void>;
  /** Writes a core/v1 Event about `object`, which `kubectl describe` shows. Needs `create events`. */
  event(object: KubeObject, event: KubeEvent): Promise<void>;
}

export interface KubeTarget {
  readonly name: string;
  /** @default the event object's; ignored for cluster-scoped resources */
  readonly namespace?: string;
}

export interface KubeQuery {
  /** @default the event object's */
  readonly namespace?: string;
  readonly labelSelector?: string;
  /** At most so many objects; 0 answers none. @default no limit */
  readonly limit?: number;
}

/** An object to write. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string | undefined;
    /** The API server makes a name that begins so. Only for `create`. */
    readonly generateName?: string | undefined;
    readonly namespace?: string | undefined;
  };
}

/** What was written, with what the API server fills in. */
export type Written<T extends KubeObject> = T & { readonly metadata: Identity };

/** An object for `merge` and `strategic`, a list of operations for `json`. */
export type KubePatch = object | readonly object[];

export interface PatchOptions {
  /** @default "merge" */
  readonly type?: "merge" | "json" | "strategic";
}

export interface KubeEvent {
  readonly type: "Normal" | "Warning";
  /** One word in CamelCase, for machines: `ReplicasChanged`. */
  readonly reason: string;
  readonly message: string;
}
