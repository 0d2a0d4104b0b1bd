import type { BrokerDeps } from "#broker/ports.ts";
import type { Logger } from "#observability/logger.ts";

/** What handlers wrote, as log records: where somebody looks on, or where nothing else shows it. */
export function writeLog(
  logger: Logger,
  { runLog, dryRun }: { readonly runLog: "failures" | "ends" | "everything"; readonly dryRun: boolean },
): BrokerDeps["onWrite"] {
  if (runLog !== "everything" && !dryRun) return undefined;
  return ({ action }, { handler, event }) => logger.info("kube write", { handler, event: event.id, action, dryRun });
}
