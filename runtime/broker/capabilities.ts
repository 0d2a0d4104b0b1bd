/**
 * The capabilities of one handler: everything that its code can reach outside of its sandbox, each call checked against
 * its options. It trusts no argument, holds the only way to the API server, and never runs handler code.
 * One is made for each revision of a handler; the sandbox calls it.
 */
import { LinkedAbort } from "#kernel/linked-abort.ts";
import { createCacheReads } from "./caches/cache-reads.ts";
import { NotSupportedError } from "./errors.ts";
import { createFetchCall } from "./fetch/fetch-calls.ts";
import { createHandlerObjects } from "./kube/handler-objects.ts";
import { createKubeCalls } from "./kube/kube-calls.ts";
import { createMetricCalls } from "./metrics/metric-calls.ts";
import type { BrokerDeps, BrokeredHandler, Capabilities, EventKey, RefusedCall } from "./ports.ts";

export function createCapabilities(deps: BrokerDeps, handler: BrokeredHandler): Capabilities {
  const kube = kubeOf(deps, handler);
  const fetch = fetchOf(deps, handler);
  const reads = createCacheReads(handler);
  const metrics = createMetricCalls(deps, handler);
  return {
    async call(method, args, event, signal) {
      const linked = new LinkedAbort(deps.signal, signal);
      try {
        const call = kube(method) ?? fetch(method);
        if (!call) throw new NotSupportedError(method);
        return JSON.stringify((await call(args, event, linked.signal)) ?? null);
      } finally {
        linked.release();
      }
    },
    read(method, args, event) {
      const read = reads(method) ?? metrics(method);
      if (!read) throw new NotSupportedError(method);
      return read(args, event);
    },
    log({ level, message, fields, event }) {
      // The handler chooses message and data; who wrote them is the host's word.
      const origin = event ? { handler: handler.id, event: event.id } : { handler: handler.id };
      deps.logSink({ time: deps.clock.now(), level, msg: message, fields: origin, data: fields });
    },
  };
}

/** Finds the call that a method names. */
type Calls = (
  method: string,
) => ((args: readonly unknown[], event: EventKey, signal: AbortSignal) => Promise<unknown>) | undefined;

function kubeOf(deps: BrokerDeps, handler: BrokeredHandler): Calls {
  const objectsTelling = createHandlerObjects(deps, handler);
  const { onWrite, onRefusal } = deps;
  return (method) => {
    if (!method.startsWith("kube.")) return undefined;
    return async (args, event, signal) => {
      const origin = { handler: handler.id, event };
      const objects = objectsTelling(onWrite && ((write) => onWrite(write, origin)));
      const refused = (call: RefusedCall): void => onRefusal?.(call, origin);
      const call = createKubeCalls({ ...deps, objects, signal, refused }, handler)(method.slice("kube.".length));
      if (!call) throw new NotSupportedError(method);
      return call(args, event);
    };
  };
}

function fetchOf({ network, onRefusedFetch }: BrokerDeps, { id, options }: BrokeredHandler): Calls {
  const fetch = createFetchCall(options.allow.fetch);
  return (method) => {
    if (method !== "fetch") return undefined;
    return (args, event, signal) =>
      fetch(args, { network, refused: (request) => onRefusedFetch?.(request, { handler: id, event }), signal });
  };
}
