// Keeps the result of a Job in the log when the Job is cleaned away.
import type { HandlerContext, JobDeleted } from "informd";

export default function jobDeleted(event: JobDeleted, { log }: HandlerContext<"jobs.batch">) {
  const { metadata, status } = event.object;
  const failed = status?.conditions?.find(({ type, status }) => type === "Failed" && status === "True");
  log[failed ? "warn" : "info"]("job deleted", {
    name: metadata.name,
    namespace: metadata.namespace,
    succeeded: status?.succeeded ?? 0,
    failed: status?.failed ?? 0,
    ...(failed?.reason !== undefined && { reason: failed.reason }),
    startedAt: status?.startTime,
    completedAt: status?.completionTime,
    // The last change may have been missed while the connection was down.
    finalStateUnknown: event.finalStateUnknown,
  });
}
