/** The embedded API server without HTTP and without controllers: its operations on a store that begins empty. */
import type { JsonRecord } from "#kernel/json-value.ts";
import { resourceName } from "#resources/api-resource.ts";
import type { ApiObject } from "#devcluster/api-object.ts";
import { StatusError, type ApiStatus } from "#devcluster/api-status.ts";
import type { KindRules } from "#devcluster/kinds/kind-rules.ts";
import type {
  ApiOperations,
  DeleteOptions,
  DeleteResult,
  ListOptions,
  Target,
  WatchEvent,
  WatchOptions,
  WriteOptions,
} from "#devcluster/operations/api-operations.ts";
import { createApiOperations } from "#devcluster/operations/create-api-operations.ts";
import type { Imperfections } from "#devcluster/operations/operations-context.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { ResourceRegistry } from "#devcluster/registry/resource-registry.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { rulesOf } from "#devcluster/kinds/rules-of.ts";
import { ObjectStore, type StoreOptions } from "#devcluster/storage/object-store.ts";
import { plains, widgets } from "./custom-resources.ts";
import { FakeClock } from "./fake-clock.ts";
import { randomFrom } from "./random.ts";

export interface RigOptions {
  readonly storage?: StoreOptions;
  readonly imperfections?: Imperfections;
  readonly rules?: Readonly<Record<string, KindRules>>;
}

/** Has the namespaces `default` and `other`, and the custom resources `widgets` and `plains`. */
export class ApiOperationsRig {
  readonly clock = new FakeClock();
  readonly store: ObjectStore;
  readonly registry: ResourceRegistry;
  readonly operations: ApiOperations;
  #uids = 0;

  constructor({ storage = {}, imperfections = {}, rules = {} }: RigOptions = {}) {
    this.store = new ObjectStore(storage);
    this.registry = new ResourceRegistry([...builtInResources(), widgets, ...plains]);
    this.operations = createApiOperations({
      store: this.store,
      registry: this.registry,
      clock: this.clock,
      random: randomFrom(1),
      newUid: () => `uid-${++this.#uids}`,
      rulesOf: (resource) => rules[resource.storage] ?? rulesOf(resource),
      imperfections,
    });
    for (const name of ["default", "other"]) this.create("namespaces", { name });
  }

  /** @param name `pods`, `deployments.apps`; the preferred version of the resource */
  resource(name: string): ServedResource {
    const found = this.registry.all().find((resource) => resourceName(resource) === name);
    if (!found) throw new Error(`Cannot find resource "${name}"`);
    return found;
  }

  /** In the namespace `default`, unless the path says otherwise: `a`, `other/a`, `a/status`. */
  target(resourceText: string, name = "", { namespace, subresource = "" }: Place = {}): Target {
    const resource = this.resource(resourceText);
    return { resource, namespace: resource.namespaced ? (namespace ?? "default") : "", name, subresource };
  }

  /** @param metadata with a name; `namespace` decides where */
  create(resource: string, metadata: JsonRecord, rest: JsonRecord = {}): ApiObject {
    const namespace = typeof metadata["namespace"] === "string" ? metadata["namespace"] : "default";
    const target = this.target(resource, "", { namespace });
    return this.operations.create(target, { ...rest, metadata }, writeOptions()).object;
  }

  put(target: Target, body: JsonRecord, options: Partial<WriteOptions> = {}): ApiObject {
    return this.operations.update(target, body, writeOptions(options)).object;
  }

  /** A merge patch. */
  merge(target: Target, patch: JsonRecord, options: Partial<WriteOptions> = {}): ApiObject {
    return this.operations.patch(target, { type: "merge", patch }, writeOptions(options)).object;
  }

  delete(target: Target, options: Partial<DeleteOptions> = {}): DeleteResult {
    return this.operations.delete(target, deleteOptions(options));
  }

  /** `undefined`: there is none. */
  read({ resource, namespace, name }: Target): ApiObject | undefined {
    return this.store.get(resource.storage, { namespace, name });
  }

  /** Everything that a watch says, as it says it. */
  watch(target: Target, options: Partial<WatchOptions> = {}): RecordedWatch {
    const watch = new RecordedWatch();
    watch.stop = this.operations.watch(target, watchOptions(options), watch);
    return watch;
  }
}

interface Place {
  readonly namespace?: string;
  readonly subresource?: string;
}

export class RecordedWatch {
  readonly events: WatchEvent[] = [];
  hasEnded = false;
  stop: () => void = () => {};

  event(event: WatchEvent): void {
    this.events.push(event);
  }

  end(): void {
    this.hasEnded = true;
  }

  /** One line per event: type, name and resourceVersion. */
  get lines(): string[] {
    return this.events.map(({ type, object }) => {
      const { metadata, message } = object as { metadata: JsonRecord; message?: string };
      if (type === "ERROR") return `ERROR ${message}`;
      const mark = metadata["annotations"] && type === "BOOKMARK" ? " initial-events-end" : "";
      return `${type} ${type === "BOOKMARK" ? "" : `${String(metadata["name"])} `}${String(metadata["resourceVersion"])}${mark}`;
    });
  }
}

export function writeOptions(options: Partial<WriteOptions> = {}): WriteOptions {
  return { dryRun: false, fieldManager: "test", fieldValidation: "Warn", force: false, ...options };
}

export function listOptions(options: Partial<ListOptions> = {}): ListOptions {
  return {
    labelSelector: "",
    fieldSelector: "",
    limit: 0,
    continueToken: "",
    resourceVersion: "",
    resourceVersionMatch: "",
    ...options,
  };
}

export function watchOptions(options: Partial<WatchOptions> = {}): WatchOptions {
  return {
    labelSelector: "",
    fieldSelector: "",
    resourceVersion: "",
    resourceVersionMatch: "",
    sendInitialEvents: false,
    allowBookmarks: false,
    timeoutMs: undefined,
    ...options,
  };
}

export function deleteOptions(options: Partial<DeleteOptions> = {}): DeleteOptions {
  return {
    dryRun: false,
    gracePeriodSeconds: undefined,
    propagationPolicy: undefined,
    preconditions: {},
    ...options,
  };
}

/** The answer to what cannot be done. */
export function statusOf(run: () => unknown): ApiStatus {
  try {
    run();
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  throw new Error("Cannot read a status: nothing was refused");
}
