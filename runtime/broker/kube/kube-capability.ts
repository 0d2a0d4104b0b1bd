import { createLogger } from "#observability/create-logger.ts";
import type { BrokerDeps, BrokeredHandler, EventKey, RefusedCall, WriteOrigin } from "../ports.ts";
import { createHandlerObjects } from "./handler-objects.ts";
import { createKubeCalls } from "./kube-calls.ts";

const PREFIX = "kube.";

/** `kube` of one handler: finds the call of a method such as `kube.get`; `undefined` if there is none. */
export function createKube(
  deps: BrokerDeps,
  handler: BrokeredHandler,
): (
  method: string,
  origin: WriteOrigin,
  signal: AbortSignal,
) => ((args: readonly unknown[], event: EventKey) => Promise<unknown>) | undefined {
  const { objects, catalog, clock, logSink, onWrite, onRefusal } = deps;
  const objectsTelling = createHandlerObjects({ objects, clock, logger: createLogger(logSink, clock) }, handler);
  return (method, origin, signal) => {
    if (!method.startsWith(PREFIX)) return undefined;
    const own = objectsTelling(onWrite && ((write) => onWrite(write, origin)));
    const way = {
      objects: own,
      catalog,
      clock,
      signal,
      refused: onRefusal && ((call: RefusedCall) => onRefusal(call, origin)),
    };
    return createKubeCalls(way, handler)(method.slice(PREFIX.length));
  };
}
