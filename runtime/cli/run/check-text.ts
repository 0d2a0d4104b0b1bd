import type { CheckResult } from "#authoring/check-handlers.ts";
import type { HandlerSummary } from "#authoring/handler-summary.ts";
import { formatBytes } from "#kernel/format-bytes.ts";
import { columns } from "./columns.ts";

type Checked = Extract<CheckResult, { type: "checked" }>;

/** One line for each handler; `wide` adds its budgets and its engine. With a cluster the last one is about all of them. */
export function checkText({ handlers, cluster }: Checked, output: "table" | "wide"): string {
  const rows = handlers.map((handler) => [
    ...rowOf(handler),
    ...(output === "wide" ? budgetsOf(handler) : []),
    ...(cluster ? foundBy(handler) : []),
  ]);
  if (!cluster) return columns(rows);
  return `${columns(rows)}\n${cluster.server}: ${sumText(cluster, handlers.length)}\n`;
}

const NAMED = 3;

function sumText({ cached, notCounted }: NonNullable<Checked["cluster"]>, handlers: number): string {
  const count = notCounted.length;
  if (count === handlers) return "what the caches hold is not known: no handler could be counted";
  const sum = `all caches together hold about ${cacheText(cached)}`;
  if (count === 0) return sum;
  return `${sum}, without those of ${count > NAMED ? `${count} handlers` : notCounted.join(", ")}: not counted`;
}

function rowOf({ id, resource, known, events, scope, listers, allow }: HandlerSummary): string[] {
  return [
    id,
    known ? resource : `${resource} (not checked)`,
    events.join(","),
    [...scope, ...(listers.length === 0 ? [] : [`listers ${listers.join(", ")}`])].join("; "),
    allow.join("; ") || "nothing",
  ];
}

function budgetsOf({ timeoutMs, memoryBytes, concurrency, engine }: HandlerSummary): string[] {
  return [`${timeoutMs / 1000} s`, formatBytes(memoryBytes), `${concurrency} at once`, engine];
}

function foundBy({ initialEvents, cached }: HandlerSummary): string[] {
  if (!initialEvents || !cached) return ["not counted", ""];
  const { count, isAtMost } = initialEvents;
  return [
    `${isAtMost ? "at most " : ""}${count} initial ${count === 1 ? "event" : "events"}`,
    `cache ${cacheText(cached)}`,
  ];
}

function cacheText({ objects, bytes }: NonNullable<HandlerSummary["cached"]>): string {
  return `${formatBytes(bytes)} of ${objects} ${objects === 1 ? "object" : "objects"}`;
}
