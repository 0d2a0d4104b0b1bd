/**
 * How controllers see and change the cluster: reads from memory, writes through the same operations as every request.
 * Resources are named as kubectl prints them: `pods`, `deployments.apps`. Never call it from inside a follower.
 */
import type { JsonRecord } from "#kernel/json-value.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import type { ObjectKey } from "#resources/object-key.ts";
import type { ApiObject } from "../../api-object.ts";
import { StatusError } from "../../api-status.ts";
import type { ApiOperations, DeleteOptions, Target, WriteOptions } from "../../operations/api-operations.ts";
import type { ResourceRegistry } from "../../registry/resource-registry.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import type { Follower } from "../../storage/followers.ts";
import type { ObjectStore } from "../../storage/object-store.ts";

export interface ClusterClient {
  /** Resources that are stored and served now. */
  resources(): readonly ServedResource[];
  get(resource: string, key: ObjectKey): ApiObject | undefined;
  /** @param namespace all of them without one */
  list(resource: string, namespace?: string): readonly ApiObject[];
  /** `undefined`: it exists already. */
  create(resource: string, object: NewObject): ApiObject | undefined;
  /** Replaces it, if it is still the one that was read. Throws `StatusError`. */
  update(resource: string, object: ApiObject, subresource?: string): ApiObject;
  /** Posts to one of its subresources, for example `binding`. Throws `StatusError`. */
  post(resource: string, object: ApiObject, subresource: string, body: JsonRecord): void;
  /** Does nothing if it has gone, or is another one by now. */
  delete(resource: string, object: ApiObject, options?: Partial<DeleteOptions>): void;
  follow(follower: Follower): () => void;
}

/** Its `apiVersion` and `kind` follow from the resource. */
export interface NewObject {
  readonly metadata: {
    readonly name?: string;
    readonly generateName?: string;
    readonly namespace?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

export interface ClusterClientParts {
  readonly store: ObjectStore;
  readonly registry: ResourceRegistry;
  readonly operations: ApiOperations;
}

/** @param fieldManager owns the fields that are written, for example `kube-controller-manager` */
export function createClusterClient(
  { store, registry, operations }: ClusterClientParts,
  fieldManager: string,
): ClusterClient {
  const options: WriteOptions = { dryRun: false, fieldManager, fieldValidation: "Ignore", force: false };
  const targetOf = (resource: string, { namespace, name }: ObjectKey): Target => ({
    resource: servedAs(registry, resource),
    namespace,
    name,
    subresource: "",
  });
  const targetOfObject = (resource: string, { apiVersion, metadata }: ApiObject, subresource = ""): Target => ({
    resource: servedAs(registry, resource, apiVersion),
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    subresource,
  });

  return {
    resources: () => registry.stored(),
    get: (resource, key) => store.get(resource, key),
    list(resource, namespace) {
      const all = store.list(resource);
      return namespace === undefined ? all : all.filter(({ metadata }) => metadata.namespace === namespace);
    },
    create(resource, object) {
      const { namespace = "" } = object.metadata;
      const target = targetOf(resource, { namespace, name: "" });
      return unless("AlreadyExists", () => operations.create(target, object, options).object);
    },
    update(resource, object, subresource) {
      const target = targetOfObject(resource, object, subresource);
      return operations.update(target, { ...object, apiVersion: apiVersionOf(target.resource) }, options).object;
    },
    post(resource, object, subresource, body) {
      operations.create(targetOfObject(resource, object, subresource), body, options);
    },
    delete(resource, object, { preconditions, ...asked } = {}) {
      const { uid } = object.metadata;
      const whole: DeleteOptions = {
        dryRun: false,
        gracePeriodSeconds: undefined,
        propagationPolicy: "Background",
        ...asked,
        preconditions: { ...(uid !== undefined && { uid }), ...preconditions },
      };
      const target = targetOfObject(resource, object);
      unless("NotFound", () => unless("Conflict", () => operations.delete(target, whole)));
    },
    follow: (follower) => store.follow(follower),
  };
}

/** In the object's version where that is served still. */
function servedAs(registry: ResourceRegistry, resource: string, apiVersion?: string): ServedResource {
  const versions = registry.all().filter(({ storage }) => storage === resource);
  const served = versions.find((version) => apiVersionOf(version) === apiVersion) ?? versions[0];
  if (!served) throw new StatusError(404, "NotFound", "the server could not find the requested resource");
  return served;
}

function unless<T>(reason: string, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof StatusError && error.status.reason === reason) return undefined;
    throw error;
  }
}
