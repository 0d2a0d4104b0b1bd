/** What the supervisor needs beside the sandbox pool and the dispatcher: caches that follow the handlers' scopes. */
import type { CacheView, ObjectChange } from "#dispatch/ports.ts";
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { ResourceIdentity } from "#resources/api-resource.ts";
import type { Labels } from "#resources/raw-object.ts";
import type { Capabilities } from "#sandbox/sandbox.ts";

/** The caches of one revision: its own resource, and the ones named in `listers`. */
export interface HandlerCaches {
  readonly resource: ResourceIdentity;
  /** The handler's own, else the runtime's. `undefined`: all, or a cluster-scoped resource. */
  readonly namespaces: readonly string[] | undefined;
  /** The handler's `labelSelector`. */
  readonly selector: { matches(labels: Labels): boolean };
  /** The same value for the same informer: a reload that keeps it needs no comparison. */
  readonly view: CacheView;
  /** Bound to this handler's `allow`. */
  readonly capabilities: Capabilities;
  /** Changes of `view` from now on, in the tick in which the view shows them. Returns how to stop. */
  subscribe(onChange: (change: ObjectChange) => void): () => void;
  /** Lets go of the informers. */
  release(): void;
}

export interface CacheRequest {
  readonly handler: string;
  readonly options: ResolvedOptions;
}

/**
 * Opens the caches of a handler and resolves when all are synced. Keeps trying until the signal aborts;
 * `onProblem` says why it is not there yet (kind unknown, no rights, server unreachable), once per new reason.
 */
export type OpenCaches = (
  request: CacheRequest,
  onProblem: (reason: string) => void,
  signal: AbortSignal,
) => Promise<HandlerCaches>;
