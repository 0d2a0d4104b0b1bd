/**
 * The capabilities of one handler: everything that its code can reach outside of its sandbox, each call checked against
 * its options. It trusts no argument, holds the only way to the API server, and never runs handler code.
 * One is made for each revision of a handler; the sandbox calls it.
 */
import { LinkedAbort } from "#kernel/linked-abort.ts";
import { createCacheReads } from "./caches/cache-reads.ts";
import { NotSupportedError } from "./errors.ts";
import { createHandlerObjects } from "./kube/handler-objects.ts";
import { createKubeCalls } from "./kube/kube-calls.ts";
import { createFetchCall } from "./fetch/fetch-calls.ts";
import type { BrokerDeps, BrokeredHandler, Capabilities, RefusedCall, RefusedFetch } from "./ports.ts";

export function createCapabilities(deps: BrokerDeps, handler: BrokeredHandler): Capabilities {
  const reads = createCacheReads(handler);
  const fetch = createFetchCall(handler.options.allow.fetch);
  const { onWrite, onRefusal, onRefusedFetch, network } = deps;
  const objectsTelling = createHandlerObjects(deps, handler);
  return {
    async call(method, args, event, signal) {
      const linked = new LinkedAbort(deps.signal, signal);
      try {
        const origin = { handler: handler.id, event };
        const objects = objectsTelling(onWrite && ((write) => onWrite(write, origin)));
        const refused = (call: RefusedCall): void => onRefusal?.(call, origin);
        const kube = createKubeCalls({ ...deps, objects, signal: linked.signal, refused }, handler);
        if (method === "fetch") {
          const refused = (request: RefusedFetch): void => onRefusedFetch?.(request, origin);
          return JSON.stringify(await fetch(args, { network, refused, signal: linked.signal }));
        }
        const call = method.startsWith("kube.") ? kube(method.slice("kube.".length)) : undefined;
        if (!call) throw new NotSupportedError(method);
        return JSON.stringify((await call(args, event)) ?? null);
      } finally {
        linked.release();
      }
    },
    read(method, args, event) {
      const read = reads(method);
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
