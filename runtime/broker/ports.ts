/** What the broker offers to a sandbox, and what it needs for one handler. */
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { IndexedReader } from "#informer/store/lister.ts";
import type { Clock } from "#kernel/clock.ts";
import type { ObjectClient, ObjectTarget } from "#kubernetes/object-client.ts";
import type { ResourceCatalog } from "#kubernetes/resource-catalog.ts";
import type { LogLevel, LogSink } from "#observability/logger.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import type { FetchNetwork } from "./fetch/fetch-network.ts";
import type { HandlerPaces } from "./handler-paces.ts";
import type { HostTime } from "./host-time.ts";
import type { Meters } from "./metrics/meters.ts";

/** What one handler can reach. Whatever it asks is checked here: its arguments come from untrusted code. */
export interface Capabilities {
  /** Resolves with JSON text. `signal` ends the request. `event`: undefined only for `fetch`. */
  call(method: string, args: readonly unknown[], event: EventKey | undefined, signal: AbortSignal): Promise<string>;
  readonly hostTime: HostTime;
  /** Returns JSON, from memory. */
  read(method: string, args: readonly unknown[], event: EventKey): Uint8Array | string;
  log(record: HandlerLog): void;
}

/** The event during which a call is made. */
export interface EventKey {
  readonly id: string;
  /** `""` for cluster-scoped objects. */
  readonly namespace: string;
  readonly name: string;
}

export interface HandlerLog {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly event: EventKey | undefined;
}

/** A handler with its caches. */
export interface BrokeredHandler {
  readonly id: string;
  readonly options: ResolvedOptions;
  readonly cache: ResourceCache;
  /** By the names in `options.listers`. */
  readonly listers: Readonly<Record<string, ResourceCache>>;
}

/** An informer's cache. It has the index of each path in the handler's `indexes`. */
export interface ResourceCache {
  readonly resource: ApiResource;
  readonly reader: IndexedReader;
  /** Calls with the key of each object that has changed in it. Returns how to stop. Absent: it never changes. */
  readonly follow?: (onChange: (key: string) => void) => () => void;
  /** Whether it may get an object of this namespace and these labels (`undefined`: unknown). Absent: any. */
  readonly watches?: (namespace: string, labels: unknown) => boolean;
}

/** One write, as a handler asked for it. */
export interface KubeWrite {
  /** For messages: `patch pods "web" in namespace "prod"`. */
  readonly action: string;
  readonly verb: "create" | "patch" | "delete";
  readonly target: Omit<ObjectTarget, "name"> & { readonly name?: string | undefined };
  /** The object or the patch; `undefined` for a delete. */
  readonly body: unknown;
  /** `ok`, or why not: the reason of the API server's `Status` (`Forbidden`), a code; `Unanswered` if nobody waited for it. */
  readonly result: string;
}

/** A call that the handler's `allow` does not name, or that no handler may make. Nothing was sent. */
export interface RefusedCall {
  readonly verb: string;
  readonly resource: Pick<ApiResource, "group" | "plural">;
  readonly subresource?: string | undefined;
  /** `""`: all namespaces, or a cluster-scoped resource. */
  readonly namespace: string;
  /** `""`: several, or one that the API server names. */
  readonly name: string;
  /** What the handler was told. */
  readonly reason: string;
}

/** What a handler is about to write, or a part of it. */
export interface WriteTarget {
  readonly resource: Pick<ApiResource, "group" | "plural">;
  /** `""`: a cluster-scoped resource. */
  readonly namespace: string;
  /** `undefined`: the API server makes it. */
  readonly name: string | undefined;
}

/** A request that the handler's `allow` does not name, or that leads where no handler may go. Nothing was sent there. */
export interface RefusedFetch {
  /** Scheme and host: the rest may be a secret. */
  readonly url: string;
  /** What the handler was told. */
  readonly reason: string;
}

export interface WriteOrigin {
  readonly handler: string;
  readonly event: EventKey;
}

/** `event`: undefined where none or several were handled. */
export interface FetchOrigin {
  readonly handler: string;
  readonly event: EventKey | undefined;
}

export interface BrokerDeps {
  readonly objects: ObjectClient;
  readonly catalog: ResourceCatalog;
  readonly clock: Clock;
  readonly logSink: LogSink;
  readonly network: Pick<FetchNetwork, "connections" | "checkHost" | "proxyFor">;
  readonly metrics: Pick<Meters, "open">;
  readonly paces: Pick<HandlerPaces, "of">;
  /** Why no handler may write this, whatever its `allow` says, and what to do. @default nothing is sealed */
  readonly sealed?: ((target: WriteTarget) => string | undefined) | undefined;
  /** Is told each write of a handler when it is answered. @default nothing */
  readonly onWrite?: ((write: KubeWrite, origin: WriteOrigin) => void) | undefined;
  /** @default nothing */
  readonly onRefusal?: ((refused: RefusedCall, origin: WriteOrigin) => void) | undefined;
  /** @default nothing */
  readonly onRefusedFetch?: ((refused: RefusedFetch, origin: FetchOrigin) => void) | undefined;
  /** Ends requests in flight. */
  readonly signal: AbortSignal;
}
