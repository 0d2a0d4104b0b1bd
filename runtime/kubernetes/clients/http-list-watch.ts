import { apiVersionOf, type ResourceIdentity } from "#resources/api-resource.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import { StructuralScan, type TypeMeta } from "#resources/structural-scan.ts";
import type { ApiClient } from "../http/api-client.ts";
import type { HttpResponse } from "../http/http-transport.ts";
import { LineTooLongError } from "./line-splitter.ts";
import { ListReader } from "./list-reader.ts";
import type { ListPage, ListQuery, ListWatchClient, WatchEnd, WatchQuery, WatchSink } from "../list-watch.ts";
import { MalformedAnswerError } from "./malformed-answer-error.ts";
import type { RequestFailure } from "../request-failure.ts";
import { resourcePath, type Query } from "./resource-path.ts";
import { WatchErrorEvent, WatchReader } from "./watch-reader.ts";

/** What is listed and watched. */
export interface ListWatchScope {
  readonly resource: ResourceIdentity;
  /** `""`: all namespaces, or a cluster-scoped resource. */
  readonly namespace: string;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Lists objects without anything but their metadata, where the server can. @default false */
  readonly onlyMetadata?: boolean;
}

/** A server that has no metadata of its own for a resource answers with whole objects. */
const METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/** etcd takes 1.5 MB for an object; aggregated API servers may have more. */
const MAX_OBJECT_BYTES = 32 * 1024 * 1024;

export class HttpListWatch implements ListWatchClient {
  readonly #api: ApiClient;
  readonly #scope: ListWatchScope;
  readonly #typeMeta: TypeMeta;

  constructor(api: ApiClient, scope: ListWatchScope) {
    this.#api = api;
    this.#scope = scope;
    this.#typeMeta = { apiVersion: apiVersionOf(scope.resource), kind: scope.resource.kind };
  }

  async list(
    query: ListQuery,
    item: (object: ScannedObject) => void,
    signal: AbortSignal,
  ): Promise<ListPage | RequestFailure> {
    const { resourceVersion, limit, continue: next } = query;
    // The server refuses a resource version beside a continue token, which has its own.
    const path = this.#path(next === undefined ? { resourceVersion, limit } : { limit, continue: next });
    const headers = this.#scope.onlyMetadata ? { headers: { accept: METADATA } } : {};
    const answer = await this.#api.send({ method: "GET", path, ...headers }, signal);
    if (answer.type !== "response") return answer;
    const options = { scan: new StructuralScan(), typeMeta: this.#typeMeta, item, limit: MAX_OBJECT_BYTES };
    const reader = new ListReader(options);
    try {
      return (await answer.read((chunk) => reader.push(chunk))) ?? reader.finish();
    } catch (error) {
      if (error instanceof MalformedAnswerError) return { type: "malformed", message: error.message };
      throw error;
    }
  }

  async watch(query: WatchQuery, sink: WatchSink, signal: AbortSignal): Promise<WatchEnd> {
    const { resourceVersion, timeoutSeconds, sendInitialEvents } = query;
    const initial = sendInitialEvents ? { sendInitialEvents, resourceVersionMatch: "NotOlderThan" } : {};
    // No Accept-Encoding here or anywhere: a compressed watch would have to be flushed and inflated event by event.
    const path = this.#path({ watch: true, allowWatchBookmarks: true, resourceVersion, timeoutSeconds, ...initial });
    const answer = await this.#api.send({ method: "GET", path, isEndless: true }, signal);
    if (answer.type === "response") return this.#follow(answer, sink);
    return { type: "failed", opened: false, failure: answer };
  }

  async #follow(response: HttpResponse, sink: WatchSink): Promise<WatchEnd> {
    sink.opened();
    const reader = new WatchReader(new StructuralScan(), sink, MAX_OBJECT_BYTES);
    try {
      // However the connection ended, the informer resumes after the last whole frame. A truncated one comes again.
      await response.read((chunk) => reader.push(chunk));
      return { type: "closed" };
    } catch (error) {
      const failure = frameFailure(error);
      if (failure) return { type: "failed", opened: true, failure };
      throw error;
    }
  }

  #path(query: Query): string {
    const { labelSelector, fieldSelector } = this.#scope;
    return resourcePath(this.#scope, { ...query, labelSelector, fieldSelector });
  }
}

function frameFailure(error: unknown): RequestFailure | undefined {
  if (error instanceof WatchErrorEvent) return error.failure;
  if (error instanceof MalformedAnswerError || error instanceof LineTooLongError) {
    return { type: "malformed", message: error.message };
  }
  return undefined;
}
