import { createLogger } from "#observability/create-logger.ts";
import { NotSupportedError } from "../errors.ts";
import type { BrokerDeps, BrokeredHandler, EventKey, RefusedCall } from "../ports.ts";
import { createHandlerObjects } from "./handler-objects.ts";
import { createKubeCalls } from "./kube-calls.ts";

type Call = (args: readonly unknown[], event: EventKey, signal: AbortSignal) => Promise<unknown>;

const PREFIX = "kube.";

/** `kube` of one handler: finds the call of a method such as `kube.get`; `undefined` for what is no method of `kube`. */
export function createKube(deps: BrokerDeps, handler: BrokeredHandler): (method: string) => Call | undefined {
  const { catalog, clock, onWrite, onRefusal } = deps;
  const logger = createLogger(deps.logSink, clock);
  const objectsTelling = createHandlerObjects({ objects: deps.objects, clock, logger }, handler);
  return (method) => {
    if (!method.startsWith(PREFIX)) return undefined;
    return async (args, event, signal) => {
      const origin = { handler: handler.id, event };
      const objects = objectsTelling(onWrite && ((write) => onWrite(write, origin)));
      const refused = onRefusal && ((call: RefusedCall): void => onRefusal(call, origin));
      const call = createKubeCalls({ objects, catalog, clock, signal, refused }, handler)(method.slice(PREFIX.length));
      if (!call) throw new NotSupportedError(method);
      return call(args, event);
    };
  };
}
