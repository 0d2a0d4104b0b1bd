import type { ApiObject } from "#devcluster/api-object.ts";
import { notFound } from "#devcluster/operations/api-errors.ts";
import type {
  ApiOperations,
  DeleteOptions,
  DeleteResult,
  GetOptions,
  ListOptions,
  ObjectList,
  Patch,
  Target,
  WatchOptions,
  WatchSink,
  WriteOptions,
  WriteResult,
} from "#devcluster/operations/api-operations.ts";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";

/** Keeps objects by name and remembers how it was called. Watches get what `emit` is given. */
export class RecordingOperations implements ApiOperations {
  readonly calls: {
    readonly verb: keyof ApiOperations;
    readonly target: Target;
    readonly input: unknown;
    readonly options: unknown;
  }[] = [];
  readonly objects = new Map<string, ApiObject>();
  readonly sinks = new Set<WatchSink>();
  /** Thrown by the next call. */
  failure: unknown;
  warnings: readonly string[] = [];
  deleteResult: DeleteResult["type"] = "deleted";
  answersWithObject = false;
  continueToken: string | undefined;
  remainingItemCount: number | undefined;

  create(target: Target, body: JsonRecord, options: WriteOptions): WriteResult {
    this.#called("create", target, body, options);
    return this.#stored(target, body, true);
  }

  get(target: Target, options?: GetOptions): ApiObject {
    this.#called("get", target, undefined, options);
    return this.#find(target);
  }

  list(target: Target, options: ListOptions): ObjectList {
    this.#called("list", target, undefined, options);
    return this.#list();
  }

  watch(target: Target, options: WatchOptions, sink: WatchSink): () => void {
    this.#called("watch", target, undefined, options);
    for (const object of this.objects.values()) sink.event({ type: "ADDED", object });
    this.sinks.add(sink);
    return () => void this.sinks.delete(sink);
  }

  update(target: Target, body: JsonRecord, options: WriteOptions): WriteResult {
    this.#called("update", target, body, options);
    return this.#stored(target, body, false);
  }

  patch(target: Target, patch: Patch, options: WriteOptions): WriteResult {
    this.#called("patch", target, patch, options);
    return { object: this.#find(target), created: false, warnings: this.warnings };
  }

  delete(target: Target, options: DeleteOptions): DeleteResult {
    this.#called("delete", target, undefined, options);
    const object = this.#find(target);
    if (this.deleteResult === "terminating") return { type: "terminating", object };
    return { type: "deleted", object, answersWithObject: this.answersWithObject };
  }

  deleteCollection(target: Target, selection: ListOptions, options: DeleteOptions): ObjectList {
    this.#called("deleteCollection", target, selection, options);
    return this.#list();
  }

  #called(verb: keyof ApiOperations, target: Target, input: unknown, options: unknown): void {
    this.calls.push({ verb, target, input, options });
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }

  #list(): ObjectList {
    const { continueToken, remainingItemCount } = this;
    return { items: [...this.objects.values()], resourceVersion: "7", continueToken, remainingItemCount };
  }

  #stored({ resource, namespace, name }: Target, body: JsonRecord, created: boolean): WriteResult {
    const metadata = isRecord(body["metadata"]) ? body["metadata"] : {};
    const object: ApiObject = {
      kind: resource.kind,
      apiVersion: resource.group === "" ? resource.version : `${resource.group}/${resource.version}`,
      ...body,
      metadata: { name, ...(namespace !== "" && { namespace }), ...metadata, uid: "uid-1", resourceVersion: "7" },
    };
    this.objects.set(object.metadata.name, object);
    return { object, created, warnings: this.warnings };
  }

  #find({ resource, name }: Target): ApiObject {
    const object = this.objects.get(name);
    if (object) return object;
    throw notFound(resource, name);
  }
}
