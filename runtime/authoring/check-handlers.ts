/** Builds and loads every handler of a directory and says what each watches and needs. Contacts no cluster. */
import type { KubeRule, ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { Clock } from "#kernel/clock.ts";
import { problemOfFile } from "#loader/problem.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import { resourceName } from "#resources/api-resource.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { NameResolution } from "#resources/resource-name.ts";
import { loadHandlers } from "./load-handlers.ts";

export type CheckResult =
  | {
      readonly type: "checked";
      readonly handlers: readonly HandlerSummary[];
      readonly problems: readonly Problem[];
      readonly warnings: readonly Problem[];
    }
  | { readonly type: "failed"; readonly message: string };

export interface HandlerSummary {
  readonly id: string;
  readonly file: string;
  /** Its full name if Kubernetes itself has it, else as written. */
  readonly resource: string;
  /** `false`: the kind is none of Kubernetes' own; only a cluster knows it. */
  readonly known: boolean;
  readonly events: readonly string[];
  /** `all` or the namespaces, and the filters. */
  readonly scope: readonly string[];
  /** As written in `allow`. */
  readonly allow: readonly string[];
}

export async function checkHandlers(clock: Clock, directory: string): Promise<CheckResult> {
  const loaded = await loadHandlers(clock, directory, "check");
  if (loaded.type === "failed") return loaded;
  const { revisions, problems, warnings } = loaded;
  return {
    type: "checked",
    handlers: revisions.map(summaryOf),
    problems: [...problems, ...revisions.flatMap(needlessNamespaces)],
    warnings: [...warnings, ...revisions.flatMap(unknownKind)],
  };
}

function summaryOf({ handler, file, options }: Revision): HandlerSummary {
  const { events, allow } = options;
  const resolution = builtIn(options);
  return {
    id: handler,
    file,
    resource: resolution.type === "found" ? resourceName(resolution.resource) : options.resource,
    known: resolution.type === "found",
    events,
    scope: scopeOf(options),
    allow: [
      ...allow.kube.map(formatRule),
      ...allow.fetch.map((host) => `fetch ${host}`),
      ...allow.env.map((name) => `env ${name}`),
    ],
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

function scopeOf({ namespaces, labelSelector, fieldSelector, names }: ResolvedOptions): string[] {
  return [
    namespaces ? namespaces.join(",") : "all",
    ...(labelSelector === "" ? [] : [`labels ${labelSelector}`]),
    ...(fieldSelector === "" ? [] : [`fields ${fieldSelector}`]),
    ...(names.length === 0 ? [] : [`names ${names.join(",")}`]),
  ];
}

function formatRule({ verbs, resource, subresource, namespace }: KubeRule): string {
  return `${verbs.join(",")} ${resource}${subresource === undefined ? "" : `/${subresource}`}${namespace === undefined ? "" : ` in ${namespace}`}`;
}
