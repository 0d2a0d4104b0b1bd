import { createLogger } from "#observability/create-logger.ts";
import type { BrokerDeps, BrokeredHandler, EventKey, RefusedCall } from "../ports.ts";
import { createHandlerObjects } from "./handler-objects.ts";
import { createKubeCalls } from "./kube-calls.ts";

const PREFIX = "kube.";

/** `kube` of one handler: finds the call of a method such as `kube.get`; `undefined` if there is none. */
export function createKube(
  deps: BrokerDeps,
  handler: BrokeredHandler,
): (
  method: string,
  event: EventKey,
  signal: AbortSignal,
) => ((args: readonly unknown[]) => Promise<unknown>) | undefined {
  const { objects, catalog, clock, paces, logSink, sealed, onWrite, onRefusal } = deps;
  const limiter = paces.of(handler.id).kube;
  const logger = createLogger(logSink, clock);
  const objectsTelling = createHandlerObjects({ objects, clock, limiter, logger }, handler);
  return (method, event, signal) => {
    if (!method.startsWith(PREFIX)) return undefined;
    const origin = { handler: handler.id, event };
    const own = objectsTelling(onWrite && ((write) => onWrite(write, origin)));
    const way = {
      objects: own,
      catalog,
      limiter,
      clock,
      signal,
      sealed,
      refused: onRefusal && ((call: RefusedCall) => onRefusal(call, origin)),
    };
    const call = createKubeCalls(way, handler)(method.slice(PREFIX.length));
    return call && ((args) => call(args, event));
  };
}
