import type { InformerObserver } from "#informer/informer-event.ts";
import type { FailureKind } from "#informer/reflector-failure.ts";
import type { Logger } from "#observability/logger.ts";

/** No answer at all, as opposed to an answer that refuses. */
const UNREACHABLE: ReadonlySet<FailureKind> = new Set(["refused", "unreachable"]);

/** Logs what informers meet: one record when the API server goes away and one when it is back, whatever the number of informers. */
export function createClusterLog(logger: Logger, server: string): InformerObserver {
  const cutOff = new Set<string>();
  const isBack = (source: string): void => {
    if (cutOff.delete(source) && cutOff.size === 0) logger.info("API server reachable", { server });
  };
  return (event, { resource, namespace }) => {
    const source = `${resource}/${namespace}`;
    const where = { resource, ...(namespace !== "" && { namespace }) };
    switch (event.type) {
      case "failed": {
        const { kind, during, message } = event.failure;
        if (!UNREACHABLE.has(kind)) {
          isBack(source);
          return logger.warn("informer failed", {
            ...where,
            during,
            kind,
            reason: message,
            retryInMs: Math.round(event.retryInMs),
          });
        }
        if (cutOff.size === 0) logger.warn("API server unreachable", { server, reason: message });
        return void cutOff.add(source);
      }
      case "recovered":
        return isBack(source);
      case "frameSkipped":
        return logger.warn("watch frame skipped", { ...where, reason: event.reason });
      case "handlerFailed":
        return logger.error("subscriber failed", { ...where, error: String(event.error) });
      case "stateChanged":
        return;
    }
  };
}
