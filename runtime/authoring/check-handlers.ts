/** Builds and loads every handler of a directory and says what each watches and needs, and what it would find in a cluster if one is named. */
import type { KubeRule, ResolvedOptions } from "#handler-api/resolved-options.ts";
import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
import { problemOfFile } from "#loader/problem.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import { resourceName } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { NameResolution } from "#resources/resource-name.ts";
import { connect, type ConnectDeps, type WantedCluster } from "./connect.ts";
import { loadHandlers } from "./load-handlers.ts";
import {
  type Cached,
  type HandlerPreview,
  type InitialEvents,
  type Preview,
  previewHandlers,
  type PreviewRequest,
} from "./preview/preview-handlers.ts";

export type CheckResult =
  | {
      readonly type: "checked";
      readonly handlers: readonly HandlerSummary[];
      readonly problems: readonly Problem[];
      readonly warnings: readonly Problem[];
      /** Present if a cluster was asked. */
      readonly cluster?: {
        readonly server: string;
        /** Of all caches together: handlers share those of one resource. */
        readonly cached: Cached;
      };
    }
  | { readonly type: "failed"; readonly message: string };

export interface HandlerSummary {
  readonly id: string;
  readonly file: string;
  /** Its full name if the cluster, or without one Kubernetes itself, has it; else as written. */
  readonly resource: string;
  /** `false`: the kind is none of Kubernetes' own; only a cluster knows it. */
  readonly known: boolean;
  readonly events: readonly string[];
  /** `all` or the namespaces, and the filters. */
  readonly scope: readonly string[];
  /** As written in `allow`. */
  readonly allow: readonly string[];
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly concurrency: number;
  /** Present if a cluster was asked, and could be. */
  readonly initialEvents?: InitialEvents;
  readonly cached?: Cached;
}

export interface CheckRequest {
  /** Of the handlers. Absolute. */
  readonly directory: string;
  /** @default none is asked */
  readonly cluster?: WantedCluster | undefined;
  /** What handlers watch that name no namespaces. @default all */
  readonly namespace?: string | undefined;
}

export async function checkHandlers(
  deps: ConnectDeps,
  request: CheckRequest,
  signal: AbortSignal,
): Promise<CheckResult> {
  const loaded = await loadHandlers(deps.clock, request.directory, "check");
  if (loaded.type === "failed") return loaded;
  const { revisions, problems, warnings } = loaded;
  const summaries = revisions.map((revision) => summaryOf(revision, request.namespace));
  if (!request.cluster) {
    return {
      type: "checked",
      handlers: summaries,
      problems: [...problems, ...revisions.flatMap(needlessNamespaces)],
      warnings: [...warnings, ...revisions.flatMap(unknownKind)],
    };
  }
  const preview = await previewIn(request.cluster, deps, { revisions, namespace: request.namespace }, signal);
  if (preview.type === "failed") return preview;
  return {
    type: "checked",
    handlers: summaries.map((summary, at) => withPreview(summary, preview.handlers[at])),
    problems: [...problems, ...preview.problems],
    warnings: [...warnings, ...preview.warnings],
    cluster: { server: preview.server, cached: preview.cached },
  };
}

async function previewIn(
  wanted: WantedCluster,
  deps: ConnectDeps,
  request: Omit<PreviewRequest, "cluster">,
  signal: AbortSignal,
): Promise<Preview> {
  const cluster = connect(wanted, deps);
  if (cluster instanceof ClusterConfigError) return { type: "failed", message: cluster.message };
  try {
    return await previewHandlers({ ...request, cluster }, signal);
  } finally {
    await cluster.close();
  }
}

function withPreview(summary: HandlerSummary, preview: HandlerPreview | undefined): HandlerSummary {
  if (!preview) return summary;
  const { resource = summary.resource, initialEvents, cached } = preview;
  const known = preview.resource !== undefined;
  return { ...summary, resource, known, ...(initialEvents && { initialEvents }), ...(cached && { cached }) };
}

function summaryOf({ handler, file, options }: Revision, namespace: string | undefined): HandlerSummary {
  const { events, allow, timeoutMs, memoryBytes, concurrency } = options;
  const resolution = builtIn(options);
  return {
    id: handler,
    file,
    resource: resolution.type === "found" ? resourceName(resolution.resource) : options.resource,
    known: resolution.type === "found",
    events,
    scope: scopeOf(options, namespace),
    allow: [
      ...allow.kube.map(formatRule),
      ...allow.fetch.map((host) => `fetch ${host}`),
      ...allow.env.map((name) => `env ${name}`),
    ],
    timeoutMs,
    memoryBytes,
    concurrency,
  };
}

function builtIn({ resource }: ResolvedOptions): NameResolution {
  return resolveResourceName(resource, builtInResources);
}

function needlessNamespaces({ file, options }: Revision): Problem[] {
  const resolution = builtIn(options);
  if (!options.namespaces || resolution.type !== "found" || resolution.resource.namespaced) return [];
  const reason = `Cannot watch "${options.resource}" in namespaces: it is cluster-scoped. Remove the option "namespaces"`;
  return [problemOfFile(file, reason)];
}

/** It may be a custom resource, or a slip. */
function unknownKind({ file, options }: Revision): Problem[] {
  const resolution = builtIn(options);
  if (resolution.type !== "unknown") return [];
  const nearest = resolution.nearest.map((name) => `"${name}"`).join(", ");
  const reason = `"${options.resource}" is not checked: it is no kind of Kubernetes itself${nearest && `; nearest: ${nearest}`}`;
  return [problemOfFile(file, reason)];
}

function scopeOf(
  { namespaces, labelSelector, fieldSelector, names }: ResolvedOptions,
  namespace: string | undefined,
): string[] {
  return [
    namespaces?.join(",") ?? namespace ?? "all",
    ...(labelSelector === "" ? [] : [`labels ${labelSelector}`]),
    ...(fieldSelector === "" ? [] : [`fields ${fieldSelector}`]),
    ...(names.length === 0 ? [] : [`names ${names.join(",")}`]),
  ];
}

function formatRule({ verbs, resource, subresource, namespace }: KubeRule): string {
  return `${verbs.join(",")} ${resource}${subresource === undefined ? "" : `/${subresource}`}${namespace === undefined ? "" : ` in ${namespace}`}`;
}
