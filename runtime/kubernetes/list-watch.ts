/**
 * The port of the wire: one resource in one scope, listed and watched as bytes.
 * The reflector decides what to ask; this room asks, cuts the answer into objects and classifies what goes wrong.
 * The informer never sees a socket, a URL or a JSON text.
 */
import type { ScannedObject } from "#resources/scanned-object.ts";
import type { RequestFailure } from "./request-failure.ts";

export interface ListQuery {
  /** `undefined`: a consistent (quorum) read. `"0"`: whatever the server's cache holds. Else "not older than". */
  readonly resourceVersion?: string | undefined;
  /** Objects in one page. `undefined`: no limit. */
  readonly limit?: number | undefined;
  /** The token of the page before. Sent without `resourceVersion`. */
  readonly continue?: string | undefined;
}

export interface ListPage {
  readonly type: "page";
  readonly resourceVersion: string;
  /** The token of the next page; `undefined` on the last. */
  readonly continue: string | undefined;
  /** How many objects the next pages have. `undefined`: the server does not say, as with selectors. */
  readonly remaining?: number | undefined;
}

export interface WatchQuery {
  readonly resourceVersion: string;
  /** The server ends the watch after this long. */
  readonly timeoutSeconds: number;
  /** Ask for the present state as ADDED events before the live ones (watch-list). */
  readonly sendInitialEvents?: boolean;
}

export type WatchEventType = "ADDED" | "MODIFIED" | "DELETED";

/** Called for each frame of a watch, in order, in the tick in which the frame arrived. */
export interface WatchSink {
  /** The server has accepted the watch: its first event may be minutes away. */
  opened(): void;
  event(type: WatchEventType, object: ScannedObject): void;
  /** `initialEventsEnd`: the annotation `k8s.io/initial-events-end` is the string "true". */
  bookmark(resourceVersion: string, initialEventsEnd: boolean): void;
  /** A frame with a type that Kubernetes does not define. `resourceVersion` is `""` if the object has none. */
  unknown(type: string, resourceVersion: string): void;
}

/** How a watch that had been opened ended. */
export type WatchEnd =
  | { readonly type: "closed" }
  /** `failure` came as an ERROR event, as an unreadable frame, or instead of an answer (`opened` is false then). */
  | { readonly type: "failed"; readonly opened: boolean; readonly failure: RequestFailure };

/** List and watch with the same namespace and selectors. Neither ever rejects, but for an aborted signal with its reason. */
export interface ListWatchClient {
  list(
    query: ListQuery,
    item: (object: ScannedObject) => void,
    signal: AbortSignal,
  ): Promise<ListPage | RequestFailure>;
  watch(query: WatchQuery, sink: WatchSink, signal: AbortSignal): Promise<WatchEnd>;
}
