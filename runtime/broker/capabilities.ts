/**
 * The capabilities of one handler: everything that its code can reach outside of its sandbox, each call checked against
 * its options. It trusts no argument, holds the only way to the API server, and never runs handler code.
 * One is made for each revision of a handler; the sandbox calls it.
 */
import { LinkedAbort } from "#kernel/linked-abort.ts";
import { createCacheReads } from "./caches/cache-reads.ts";
import { NotSupportedError } from "./errors.ts";
import { createKubeCalls } from "./kube/kube-calls.ts";
import { toldWrites } from "./kube/told-writes.ts";
import { createMetricCalls } from "./metrics/metric-calls.ts";
import type { BrokerDeps, BrokeredHandler, Capabilities, RefusedCall } from "./ports.ts";

export function createCapabilities(deps: BrokerDeps, handler: BrokeredHandler): Capabilities {
  const reads = createCacheReads(handler);
  const metrics = createMetricCalls(deps, handler);
  const { onWrite, onRefusal } = deps;
  return {
    async call(method, args, event, signal) {
      const linked = new LinkedAbort(deps.signal, signal);
      try {
        const origin = { handler: handler.id, event };
        const objects = onWrite ? toldWrites(deps.objects, (write) => onWrite(write, origin)) : deps.objects;
        const refused = (call: RefusedCall): void => onRefusal?.(call, origin);
        const kube = createKubeCalls({ ...deps, objects, signal: linked.signal, refused }, handler);
        const call = method.startsWith("kube.") ? kube(method.slice("kube.".length)) : undefined;
        if (!call) throw new NotSupportedError(method);
        return JSON.stringify((await call(args, event)) ?? null);
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
