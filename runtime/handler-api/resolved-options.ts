/** A handler's options after validation: nothing optional, every unit fixed. */
import type { EventType } from "./events.ts";

export interface ResolvedOptions {
  /** As written: `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly events: readonly EventType[];
  /** `undefined`: the runtime's namespaces. Sorted, without repeats. */
  readonly namespaces: readonly string[] | undefined;
  /** Kubectl's syntax; `""` matches everything. */
  readonly labelSelector: string;
  /** Exact or `prefix*`; empty matches everything. */
  readonly names: readonly string[];
  readonly fieldSelector: string;
  readonly pushDown: boolean;
  readonly changed: readonly string[];
  readonly generationChanged: boolean;
  /** The handler has a `when` of its own, which runs in the sandbox. */
  readonly when: boolean;
  readonly listers: Readonly<Record<string, ResolvedLister>>;
  readonly indexes: Readonly<Record<string, string>>;
  readonly allow: {
    readonly kube: readonly KubeRule[];
    readonly fetch: readonly FetchRule[];
    readonly env: readonly string[];
  };
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly concurrency: number;
  readonly retry: { readonly attempts: number; readonly backoffMs: number; readonly maxBackoffMs: number };
  /** `undefined`: off. */
  readonly resyncMs: number | undefined;
  readonly initial: "deliver" | "skip";
  readonly everything: boolean;
  readonly engine: "vm2" | "process";
}

export interface ResolvedLister {
  readonly resource: string;
  readonly labelSelector: string;
}

/** One entry of `allow.fetch`. */
export interface FetchRule {
  /** As written. */
  readonly text: string;
  readonly scheme: "https" | "http";
  /** In lower case, an IPv6 address in brackets; of a wildcard what stands behind `*.`. */
  readonly host: string;
  /** Stands for every name below `host`, and not for `host` itself. */
  readonly isWildcard: boolean;
  readonly port: number;
  /** It names scheme and port, and so what may lie in a private network. */
  readonly opensPrivate: boolean;
}

/** One entry of `allow.kube`. */
export interface KubeRule {
  readonly verbs: readonly string[];
  readonly resource: string;
  readonly subresource: string | undefined;
  /** `undefined`: the handler's namespaces, else all. */
  readonly namespace: string | undefined;
}
