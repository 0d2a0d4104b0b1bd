import type { ResolvedLister, ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { Revision } from "#loader/revision.ts";
import { resourceName } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { type NameResolution, resolveResourceName } from "#resources/resource-name.ts";
import { kubeRuleText } from "./kube-rule-text.ts";
import type { Cached, HandlerPreview, InitialEvents } from "./preview/preview-handlers.ts";

/** What a handler watches and needs. */
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
  /** What each reads: `nodes`, `web: pods labels app=web`. */
  readonly listers: readonly string[];
  /** As written in `allow`. */
  readonly allow: readonly string[];
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly concurrency: number;
  readonly engine: ResolvedOptions["engine"];
  /** Present if a cluster was asked, and could be. */
  readonly initialEvents?: InitialEvents;
  readonly cached?: Cached;
}

export function summaryOf({ handler, file, options }: Revision, namespace: string | undefined): HandlerSummary {
  const { events, allow, timeoutMs, memoryBytes, concurrency, engine } = options;
  const resolution = builtIn(options);
  return {
    id: handler,
    file,
    resource: resolution.type === "found" ? resourceName(resolution.resource) : options.resource,
    known: resolution.type === "found",
    events,
    scope: scopeOf(options, namespace),
    listers: Object.entries(options.listers).map(listerText),
    allow: [
      ...allow.kube.map(kubeRuleText),
      ...allow.fetch.map(({ text }) => `fetch ${text}`),
      ...allow.env.map((name) => `env ${name}`),
    ],
    timeoutMs,
    memoryBytes,
    concurrency,
    engine,
  };
}

/** With what was found in a cluster. */
export function withPreview(summary: HandlerSummary, preview: HandlerPreview | undefined): HandlerSummary {
  if (!preview) return summary;
  const { resource = summary.resource, initialEvents, cached } = preview;
  const known = preview.resource !== undefined;
  return { ...summary, resource, known, ...(initialEvents && { initialEvents }), ...(cached && { cached }) };
}

/** What its resource is without a cluster. */
export function builtIn({ resource }: Pick<ResolvedOptions, "resource">): NameResolution {
  return resolveResourceName(resource, builtInResources);
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

function listerText([name, { resource, labelSelector }]: readonly [string, ResolvedLister]): string {
  const what = name === resource ? resource : `${name}: ${resource}`;
  return labelSelector === "" ? what : `${what} labels ${labelSelector}`;
}
