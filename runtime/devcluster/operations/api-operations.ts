/**
 * What the server does with objects, for its HTTP front, its controllers and tests alike. Everything is in memory and
 * synchronous; what cannot be done throws `StatusError`. Objects that come and go are never changed in place.
 */
import type { JsonRecord } from "#kernel/json-value.ts";
import type { ApiObject } from "../api-object.ts";
import type { ServedResource } from "../registry/served-resource.ts";

/** Where a request goes. `namespace` is `""` for cluster-scoped resources and for all namespaces; `name` for collections. */
export interface Target {
  readonly resource: ServedResource;
  readonly namespace: string;
  readonly name: string;
  /** `""`, `status`, `scale`, … */
  readonly subresource: string;
}

export interface ApiOperations {
  create(target: Target, body: JsonRecord, options: WriteOptions): WriteResult;
  get(target: Target, options?: GetOptions): ApiObject;
  list(target: Target, options: ListOptions): ObjectList;
  /** Calls `sink` until the returned function is called or the sink has been told the end. */
  watch(target: Target, options: WatchOptions, sink: WatchSink): () => void;
  update(target: Target, body: JsonRecord, options: WriteOptions): WriteResult;
  patch(target: Target, patch: Patch, options: WriteOptions): WriteResult;
  delete(target: Target, options: DeleteOptions): DeleteResult;
  deleteCollection(target: Target, selection: ListOptions, options: DeleteOptions): ObjectList;
}

export interface GetOptions {
  /** As in the request. */
  readonly resourceVersion?: string;
  /** Of `log`, `exec` and the like. */
  readonly container?: string;
}

export interface WriteOptions {
  readonly dryRun: boolean;
  /** Who owns the fields that are written: `kubectl-create`; without one the request's user agent names it. */
  readonly fieldManager: string;
  readonly fieldValidation: "Ignore" | "Warn" | "Strict";
  /** Server-side apply: take over fields of others. */
  readonly force: boolean;
}

export interface WriteResult {
  readonly object: ApiObject;
  /** Answered with 201. */
  readonly created: boolean;
  /** For `Warning` headers. */
  readonly warnings: readonly string[];
}

export type Patch =
  | { readonly type: "json"; readonly operations: readonly JsonRecord[] }
  | { readonly type: "merge"; readonly patch: JsonRecord }
  | { readonly type: "strategic"; readonly patch: JsonRecord }
  | { readonly type: "apply"; readonly configuration: JsonRecord };

export interface ListOptions {
  /** As in the request; empty: everything. */
  readonly labelSelector: string;
  readonly fieldSelector: string;
  /** 0: no limit. */
  readonly limit: number;
  readonly continueToken: string;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
}

export interface ObjectList {
  readonly items: readonly ApiObject[];
  readonly resourceVersion: string;
  readonly continueToken: string | undefined;
  readonly remainingItemCount: number | undefined;
}

export interface WatchOptions {
  readonly labelSelector: string;
  readonly fieldSelector: string;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  /** With `resourceVersionMatch`: whether everything that exists comes first. Without: what the revision implies. */
  readonly sendInitialEvents: boolean;
  readonly allowBookmarks: boolean;
  /** `undefined`: 30 to 60 minutes. */
  readonly timeoutMs: number | undefined;
}

export type WatchEvent =
  | { readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: ApiObject }
  /** The object carries only `apiVersion`, `kind`, `metadata.resourceVersion` and, at the end of the initial events, the annotation. */
  | { readonly type: "BOOKMARK"; readonly object: ApiObject }
  /** The object is a `Status`; the watch ends. */
  | { readonly type: "ERROR"; readonly object: JsonRecord };

export interface WatchSink {
  event(event: WatchEvent): void;
  /** Nothing follows. */
  end(): void;
}

export interface DeleteOptions {
  readonly dryRun: boolean;
  /** Seconds; `undefined`: the object's own. */
  readonly gracePeriodSeconds: number | undefined;
  readonly propagationPolicy: "Background" | "Foreground" | "Orphan" | undefined;
  readonly preconditions: { readonly uid?: string; readonly resourceVersion?: string };
}

export type DeleteResult =
  /** Gone: answered with a `Status`, or with the object for the kinds whose storage returns it. */
  | { readonly type: "deleted"; readonly object: ApiObject; readonly answersWithObject: boolean }
  /** It carries a deletionTimestamp and stays until its finalizers or its grace period are over. */
  | { readonly type: "terminating"; readonly object: ApiObject };
