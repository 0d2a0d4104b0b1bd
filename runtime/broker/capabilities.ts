/**
 * The capabilities of one handler: everything that its code can reach outside of its sandbox, each call checked against
 * its options. It trusts no argument, holds the only way to the API server, and never runs handler code.
 * One is made for each revision of a handler; the sandbox calls it.
 */
import { LinkedAbort } from "#kernel/linked-abort.ts";
import { createLogger } from "#observability/create-logger.ts";
import { formatKey } from "#resources/object-key.ts";
import { createCacheReads } from "./caches/cache-reads.ts";
import { NotSupportedError } from "./errors.ts";
import { createFetch } from "./fetch/fetch-capability.ts";
import { heldBackNotice } from "./held-back-notice.ts";
import { HostTime } from "./host-time.ts";
import { createKube } from "./kube/kube-capability.ts";
import { createMetricCalls } from "./metrics/metric-calls.ts";
import type { BrokerDeps, BrokeredHandler, Capabilities } from "./ports.ts";

/** Within a minute. */
const LONG_WAIT_MS = 1_000;

export function createCapabilities(deps: BrokerDeps, handler: BrokeredHandler): Capabilities {
  const kube = createKube(deps, handler);
  const fetch = createFetch(deps, handler);
  const reads = createCacheReads(handler);
  const metrics = createMetricCalls(deps, handler);
  const hostTime = createHostTime(deps, handler.id);
  return {
    async call(method, args, event, signal) {
      const linked = new LinkedAbort(deps.signal, signal);
      try {
        const call = fetch(method, event, linked.signal) ?? (event && kube(method, event, linked.signal));
        if (!call) throw new NotSupportedError(method);
        const result = (await call(args)) ?? null;
        return hostTime.spend(() => JSON.stringify(result));
      } finally {
        linked.release();
      }
    },
    hostTime,
    read(method, args, event) {
      const read = reads(method) ?? metrics(method);
      if (!read) throw new NotSupportedError(method);
      return read(args, event);
    },
    log({ level, message, fields, event }) {
      // The handler chooses message and data; who wrote them is the host's word.
      const origin = { handler: handler.id, ...(event && { event: event.id, key: formatKey(event) }) };
      deps.logSink({ time: deps.clock.now(), level, msg: message, fields: origin, data: fields });
    },
  };
}

function createHostTime({ clock, logSink, paces }: BrokerDeps, handler: string): HostTime {
  const logger = createLogger(logSink, clock);
  const say = (waitedMs: number): void => logger.warn("handler slowed down", { handler, waitedMs });
  const onHeldBack = heldBackNotice({ clock, longWaitMs: LONG_WAIT_MS, say });
  return new HostTime({ clock, budget: paces.of(handler).hostTime, onHeldBack });
}
