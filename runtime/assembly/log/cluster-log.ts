import type { InformerObserver } from "#informer/informer-event.ts";
import type { FailureKind } from "#informer/reflector/reflector-failure.ts";
import type { Logger } from "#observability/logger.ts";
import type { Reachability } from "../reachability.ts";

/** No answer at all, as opposed to an answer that refuses. */
const UNREACHABLE: ReadonlySet<FailureKind> = new Set(["refused", "unreachable"]);

/** Logs what informers meet. */
export function createClusterLog(logger: Logger, reachability: Reachability): InformerObserver {
  return (event, { resource, namespace }) => {
    const source = `${resource}/${namespace}`;
    const where = { resource, ...(namespace !== "" && { namespace }) };
    switch (event.type) {
      case "failed": {
        const { kind, during, message } = event.failure;
        if (UNREACHABLE.has(kind)) return reachability.lost(source, message);
        reachability.back(source);
        const fields = { ...where, during, kind, reason: message, retryInMs: Math.round(event.retryInMs) };
        // Another way is tried at once: older servers refuse every watch-list, and a list that fails too is told itself.
        if (event.retryInMs === 0) return logger.debug("informer failed", fields);
        return logger.warn("informer failed", fields);
      }
      case "recovered":
        return reachability.back(source);
      case "frameSkipped":
        return logger.warn("watch frame skipped", { ...where, reason: event.reason });
      case "handlerFailed":
        return logger.error("subscriber failed", { ...where, error: String(event.error) });
      case "stateChanged":
        return event.state.type === "stopped" ? reachability.forget(source) : undefined;
    }
  };
}
