/** Builds and loads every handler of a directory and says what each watches and needs. Contacts no cluster. */
import { HANDLER_API, IN_SANDBOX_MODULES } from "#assets.ts";
import type { KubeRule, ResolvedOptions } from "#handler-api/resolved-options.ts";
import type { Clock } from "#kernel/clock.ts";
import { openHandlersDirectory } from "#loader/open-handlers-directory.ts";
import type { Batch, Problem, Revision } from "#loader/revision.ts";
import { guestBundle } from "#sandbox/guest-bundle.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";

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
  readonly resource: string;
  readonly events: readonly string[];
  /** `all` or the namespaces, and the filters. */
  readonly scope: readonly string[];
  /** As written in `allow`. */
  readonly allow: readonly string[];
}

export async function checkHandlers(clock: Clock, directory: string): Promise<CheckResult> {
  const pool = new ProcessSandboxPool(clock, { bundle: await guestBundle() });
  const opened = await openHandlersDirectory(
    { clock, inspect: (program, signal) => pool.inspect(program, signal) },
    { directory, watch: false, handlerApi: HANDLER_API, inSandbox: IN_SANDBOX_MODULES },
  );
  try {
    if (opened.type === "failed") {
      return {
        type: "failed",
        message: `Cannot read handlers directory "${directory}": ${opened.reason}. Name another one with --handlers.`,
      };
    }
    for await (const batch of opened.source.batches(new AbortController().signal)) return resultOf(batch);
    return { type: "checked", handlers: [], problems: [], warnings: [] };
  } finally {
    await pool.close();
  }
}

function resultOf({ revisions, failures, conflicts }: Batch): CheckResult {
  const problems = [
    ...failures.flatMap((failure) => failure.problems),
    ...conflicts.map(({ handler, files: [file = "", ...others] }) => ({
      file,
      line: 1,
      column: 1,
      reason: `the id "${handler}" is claimed by ${others.map((other) => `"${other}"`).join(", ")} too: rename one of them`,
      frame: "",
    })),
  ];
  const bundles = new Map(revisions.map(({ bundle }) => [bundle.file, bundle]));
  return {
    type: "checked",
    handlers: revisions.map(summaryOf).toSorted((a, b) => a.id.localeCompare(b.id)),
    problems,
    warnings: [...bundles.values()].flatMap(({ warnings }) => warnings),
  };
}

function summaryOf({ handler, file, options }: Revision): HandlerSummary {
  const { resource, events, allow } = options;
  return {
    id: handler,
    file,
    resource,
    events,
    scope: scopeOf(options),
    allow: [
      ...allow.kube.map(formatRule),
      ...allow.fetch.map((host) => `fetch ${host}`),
      ...allow.env.map((name) => `env ${name}`),
    ],
  };
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
