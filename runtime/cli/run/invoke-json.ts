import type { InvokeResult } from "#authoring/invoke/invoke-request.ts";
import { resourceName } from "#resources/api-resource.ts";

/** What came of one run of a handler, for machines. */
export function invokeJson(result: InvokeResult): object {
  if (result.type === "failed") return { error: result.message };
  if (result.type === "notLoaded") return { problems: result.problems };
  const { handler, event, outcome, durationMs, doubts, logs, writes, writesAre, metrics, warnings } = result;
  return {
    handler,
    event,
    outcome,
    durationMs: Math.round(durationMs),
    logs: logs.map(({ time, level, msg, data }) => ({ time: new Date(time).toISOString(), level, msg, data })),
    writesAre,
    writes: writes.map(({ verb, target: { resource, namespace, name, subresource }, body }) => ({
      verb,
      resource: resourceName(resource),
      ...(namespace !== "" && { namespace }),
      name,
      subresource,
      body,
    })),
    metrics: metrics.flatMap(({ name, type, series }) =>
      series.map(({ labels, value, distribution }) => ({
        name,
        type,
        labels: Object.fromEntries(labels),
        ...(distribution ? { sum: value, ...distribution } : { value }),
      })),
    ),
    doubts,
    warnings,
  };
}
