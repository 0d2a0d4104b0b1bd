import type { InvokeRequest } from "#authoring/invoke/invoke-request.ts";

export interface InvokeFlags {
  readonly object?: string;
  readonly old?: string;
  readonly cache?: readonly string[];
  readonly event?: NonNullable<InvokeRequest["event"]>;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly live?: boolean;
  readonly handlers: string;
  readonly output: "text" | "json";
}

/** Files stand in for a cluster, unless one is named. */
export function usesCluster({ object, cache, kubeconfig, context }: InvokeFlags): boolean {
  return kubeconfig !== undefined || context !== undefined || (object === undefined && cache === undefined);
}

/** Why these flags cannot be used together, and what to do. `undefined`: they can. */
export function contradictionOf(flags: InvokeFlags): string | undefined {
  const { object, old, cache = [], live, kubeconfig } = flags;
  const cluster = kubeconfig === undefined ? "--context" : "--kubeconfig";
  if (flags.cache && usesCluster(flags))
    return `Cannot use --cache with ${cluster}: caches hold what files say or what the cluster has. Leave one of them out.`;
  if (live && !usesCluster(flags)) {
    return flags.cache
      ? "Cannot use --live with --cache: there is no cluster. Leave one of them out."
      : "Cannot use --live with --object alone: there is no cluster. Name one with --kubeconfig or --context.";
  }
  const readers = [object, old, ...cache].filter((path) => path === "-");
  if (readers.length > 1)
    return `Cannot read standard input ${readers.length} times: "-" is given that often. Name files for all but one.`;
  return undefined;
}
