import { request as plainRequest, type IncomingMessage } from "node:http";
import { request as tlsRequest } from "node:https";
import { createServingCredentials, type ServingCredentials } from "#devcluster/credentials/serving-credentials.ts";
import { notFound } from "#devcluster/operations/api-errors.ts";
import type { ApiObject } from "#devcluster/api-object.ts";
import type { ApiServerDeps } from "#devcluster/http/ports.ts";
import { startApiServer, type ApiServer, type ApiServerOptions } from "#devcluster/http/server.ts";
import type {
  ApiOperations,
  DeleteOptions,
  DeleteResult,
  ListOptions,
  ObjectList,
  Patch,
  Target,
  WatchOptions,
  WatchSink,
  WriteOptions,
  WriteResult,
} from "#devcluster/operations/api-operations.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { ANYTHING } from "#devcluster/schema/schema.ts";
import { isRecord, type JsonRecord } from "#kernel/json-value.ts";
import { systemClock } from "#kernel/clock.ts";

const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

export function servedResource(overrides: Partial<ServedResource> & { kind: string; plural: string }): ServedResource {
  const { kind, plural, group = "" } = overrides;
  return {
    group,
    version: "v1",
    singular: kind.toLowerCase(),
    shortNames: [],
    namespaced: true,
    verbs: VERBS,
    listKind: `${kind}List`,
    categories: [],
    storage: group === "" ? plural : `${plural}.${group}`,
    schema: ANYTHING,
    subresources: {},
    selectableFields: [],
    custom: undefined,
    ...overrides,
  };
}

const STATUS_VERBS = ["get", "patch", "update"];

export const RESOURCES: readonly ServedResource[] = [
  servedResource({ kind: "ConfigMap", plural: "configmaps" }),
  servedResource({
    kind: "Namespace",
    plural: "namespaces",
    namespaced: false,
    verbs: VERBS.filter((verb) => verb !== "deletecollection"),
    subresources: {
      status: { kind: "Namespace", group: "", version: "v1", verbs: STATUS_VERBS },
      finalize: { kind: "Namespace", group: "", version: "v1", verbs: ["update"] },
    },
  }),
  servedResource({
    kind: "Pod",
    plural: "pods",
    subresources: {
      status: { kind: "Pod", group: "", version: "v1", verbs: STATUS_VERBS },
      eviction: { kind: "Eviction", group: "policy", version: "v1", verbs: ["create"] },
    },
  }),
  servedResource({ kind: "Deployment", plural: "deployments", group: "apps" }),
  servedResource({
    kind: "Widget",
    plural: "widgets",
    group: "example.com",
    subresources: { status: { kind: "Widget", group: "example.com", version: "v1", verbs: STATUS_VERBS } },
    custom: { columns: undefined, scale: undefined },
  }),
  servedResource({
    kind: "SelfSubjectReview",
    plural: "selfsubjectreviews",
    group: "authentication.k8s.io",
    namespaced: false,
    verbs: ["create"],
  }),
];

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
  continueToken: string | undefined;
  remainingItemCount: number | undefined;

  create(target: Target, body: JsonRecord, options: WriteOptions): WriteResult {
    this.#called("create", target, body, options);
    return this.#stored(target, body, true);
  }

  get(target: Target): ApiObject {
    this.#called("get", target, undefined, undefined);
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
    return { type: this.deleteResult, object: this.#find(target) };
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

export interface ServerAnswer {
  readonly code: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  readonly bytes: Buffer;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** A server over `RecordingOperations`, and a client that holds its token. */
export class ApiServerRig {
  readonly operations: RecordingOperations;
  readonly errors: unknown[];
  readonly server: ApiServer;
  readonly credentials: ServingCredentials | undefined;

  static async start(
    overrides: Partial<ApiServerDeps> = {},
    options: ApiServerOptions & { readonly tls?: boolean } = {},
  ): Promise<ApiServerRig> {
    const operations = new RecordingOperations();
    const errors: unknown[] = [];
    const deps: ApiServerDeps = {
      operations,
      resources: {
        find: ({ group, version, plural }) =>
          RESOURCES.find((one) => one.group === group && one.version === version && one.plural === plural),
        all: () => RESOURCES,
      },
      documents: () => undefined,
      tables: () => ({
        columns: [{ name: "Name", type: "string" }],
        row: ({ metadata }) => ({ cells: [metadata.name] }),
      }),
      decodeProtobuf: (bytes) => ({ metadata: { name: Buffer.from(bytes).subarray(4).toString() } }),
      clock: systemClock,
      onError: (error) => void errors.push(error),
      ...overrides,
    };
    const credentials = options.tls === false ? undefined : createServingCredentials({ clock: systemClock });
    return new ApiServerRig(operations, errors, credentials, await startApiServer(deps, { credentials, ...options }));
  }

  private constructor(
    operations: RecordingOperations,
    errors: unknown[],
    credentials: ServingCredentials | undefined,
    server: ApiServer,
  ) {
    this.operations = operations;
    this.errors = errors;
    this.credentials = credentials;
    this.server = server;
  }

  async ask(path: string, asked: Asked = {}): Promise<ServerAnswer> {
    const response = await this.open(path, asked);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    return { code: response.statusCode ?? 0, headers: response.headers, text: bytes.toString(), bytes };
  }

  /** The answer as soon as its headers are there. */
  open(path: string, { method = "GET", headers = {}, body }: Asked = {}): Promise<IncomingMessage> {
    const { credentials, server } = this;
    const own = credentials ? { authorization: `Bearer ${credentials.token}` } : {};
    // Node's client sends the body of a DELETE with no length at all.
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...own, ...length, ...headers }, agent: false };
    return new Promise((resolve, reject) => {
      const request = credentials
        ? tlsRequest(`${server.url}${path}`, { ...options, ca: credentials.ca }, resolve)
        : plainRequest(`${server.url}${path}`, options, resolve);
      request.once("error", reject);
      request.end(body);
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server.close();
  }
}
