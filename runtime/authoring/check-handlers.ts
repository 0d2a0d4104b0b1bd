/** Builds and loads every handler of a directory and says what each watches and needs, and what it would find in a cluster if one is named. */
import { ClusterConfigError } from "#kubernetes/cluster-config-error.ts";
import { problemOfFile } from "#loader/problem.ts";
import type { Problem, Revision } from "#loader/revision.ts";
import { connect, type ConnectDeps, type WantedCluster } from "./connect.ts";
import { builtIn, type HandlerSummary, summaryOf, withPreview } from "./handler-summary.ts";
import { loadHandlers } from "./load-handlers.ts";
import { idleEntries } from "./idle-entries.ts";
import { needlessNamespaces } from "./needless-namespaces.ts";
import { powerfulEntries } from "./powerful-entries.ts";
import type { KnownResource } from "./manifests/rights.ts";
import { type Cached, type Preview, previewHandlers, type PreviewRequest } from "./preview/preview-handlers.ts";

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
        /** Ids of handlers that `cached` is without: they are wrong, or lack a right. */
        readonly notCounted: readonly string[];
      };
    }
  | { readonly type: "failed"; readonly message: string };

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
  const { revisions, failures } = loaded;
  const problems = failures.flatMap((failure) => failure.problems);
  const warnings = [...loaded.warnings, ...revisions.flatMap((one) => powerful(one, request.namespace))];
  const summaries = revisions.map((revision) => summaryOf(revision, request.namespace));
  if (!request.cluster) {
    return {
      type: "checked",
      handlers: summaries,
      problems: [...problems, ...revisions.flatMap(needless)],
      warnings: [
        ...warnings,
        ...revisions.flatMap((one) => idleEntries(one, builtInResource)),
        ...revisions.flatMap(unknownKinds),
      ],
    };
  }
  const preview = await previewIn(request.cluster, deps, { revisions, namespace: request.namespace }, signal);
  if (preview.type === "failed") return preview;
  const handlers = summaries.map((summary, at) => withPreview(summary, preview.handlers[at]));
  const notCounted = handlers.filter(({ cached }) => !cached).map(({ id }) => id);
  return {
    type: "checked",
    handlers,
    problems: [...problems, ...preview.problems],
    warnings: [...warnings, ...preview.warnings],
    cluster: { server: preview.server, cached: preview.cached, notCounted },
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

/** Without a cluster only Kubernetes' own kinds are known. */
function needless(revision: Revision): Problem[] {
  const resolution = builtIn(revision.options);
  return needlessNamespaces(revision, resolution.type === "found" ? resolution.resource : undefined);
}

function powerful({ handler, file, options }: Revision, namespace: string | undefined): Problem[] {
  return powerfulEntries(options, namespace).map(({ entry, power }) => {
    const reason = `"${entry}" in allow.kube of handler "${handler}" gives more than it names: whoever has this right ${power}`;
    return problemOfFile(file, reason);
  });
}

function builtInResource(name: string): KnownResource | undefined {
  const resolution = builtIn({ resource: name });
  return resolution.type === "found" ? resolution.resource : undefined;
}

/** They may be custom resources, or slips. Each name once, at the first place that has it. */
function unknownKinds({ file, options }: Revision): Problem[] {
  const named: readonly (readonly [name: string, where: string])[] = [
    [options.resource, ""],
    ...Object.values(options.listers).map(({ resource }) => [resource, " in listers"] as const),
    ...options.allow.kube.map(({ resource }) => [resource, " in allow.kube"] as const),
  ];
  const once = named.filter(([name], at) => named.findIndex(([other]) => other === name) === at);
  return once.flatMap(([name, where]) => unknownKind(file, name, where));
}

function unknownKind(file: string, name: string, where: string): Problem[] {
  const resolution = builtIn({ resource: name });
  if (resolution.type !== "unknown") return [];
  const nearest = resolution.nearest.map((one) => `"${one}"`).join(", ");
  const reason = `"${name}"${where} is not checked: it is no kind of Kubernetes itself${nearest && `; nearest: ${nearest}`}`;
  return [problemOfFile(file, reason)];
}
