/** What a handler file may say about itself: the second argument of `on`, or `export const config`. */
import type { EventType, ResourceEvent } from "./events.ts";

export interface HandlerOptions<
  Event = ResourceEvent,
  Events extends readonly EventType[] = readonly EventType[],
  Listers extends ListersOption = ListersOption,
> {
  /** @default ["added", "updated", "deleted"] */
  readonly events?: Events;
  /** @default the runtime's `-n`, else all */
  readonly namespaces?: readonly string[];
  /** Matched in the host, in kubectl's syntax. @default everything */
  readonly labelSelector?: string;
  /** Exact names, or prefixes written `web-*`. @default everything */
  readonly names?: readonly string[];
  /** Sent to the API server: opens an informer of its own. */
  readonly fieldSelector?: string;
  /** Sends `labelSelector` to the API server too: opens an informer of its own. @default false */
  readonly pushDown?: boolean;
  /** Run an `updated` only if one of these paths differs, for example `spec.replicas`. */
  readonly changed?: readonly string[];
  /** Run an `updated` only if `metadata.generation` differs. @default false */
  readonly generationChanged?: boolean;
  /** Run only if this is true. It is the handler's code, so it runs in the sandbox: the other filters are cheaper. */
  readonly when?: (event: Event) => boolean;
  /** Further caches, read as `listers.<name>`. */
  readonly listers?: Listers;
  /** Index name to path, for `lister.byIndex`; `[*]` is every item of a list: `spec.containers[*].image`. */
  readonly indexes?: Readonly<Record<string, string>>;
  readonly allow?: AllowOptions;
  /** For one event. @default "30s" */
  readonly timeout?: Duration;
  /** Of the handler's process. @default "64Mi" */
  readonly memory?: string;
  /** Events in flight at a time, of different objects. @default 8 */
  readonly concurrency?: number;
  readonly retry?: RetryOptions;
  /** Every matching object again, this often. @default off */
  readonly resync?: Duration;
  /** `skip`: objects that exist at the first start count as handled. @default "deliver" */
  readonly initial?: "deliver" | "skip";
  /** Secrets, Leases and Events without any filter need this, as the resource and in `listers`. @default false */
  readonly everything?: boolean;
  /** `process`: without vm2, for packages that need `Proxy`, `eval` or `new Function`. What holds the process is the same. @default "vm2" */
  readonly engine?: "vm2" | "process";
  /** The last part of the handler's id. */
  readonly name?: string;
}

/** `"250ms"`, `"30s"`, `"5m"`, `"2h"`, or milliseconds. */
export type Duration = string | number;

/** Resource names, or names of the handler's own with what they stand for. */
export type ListersOption = readonly string[] | Readonly<Record<string, ListerOptions>>;

export interface ListerOptions {
  readonly resource: string;
  readonly labelSelector?: string;
}

export interface AllowOptions {
  /** `"<verbs, comma-separated> <resource>[/<subresource>][ in <namespace>]"`, for example `"create,patch events"`. */
  readonly kube?: readonly string[];
  /**
   * Hosts: `"hooks.slack.com"`, `"*.example.com"`, `"example.com:8443"`; https unless it is written `"http://example.com"`. With
   * scheme and port, `"http://hooks.ops.svc:8080"`, also in a private network.
   */
  readonly fetch?: readonly string[];
  /** Names of environment variables. */
  readonly env?: readonly string[];
}

export interface RetryOptions {
  /** Runs of one event before it is a dead letter. @default 5 */
  readonly attempts?: number;
  /** @default "1s" */
  readonly backoff?: Duration;
  /** @default "5m" */
  readonly maxBackoff?: Duration;
}
