import type { BrokerDeps, BrokeredHandler, EventKey } from "../ports.ts";
import { createFetchCall } from "./fetch-calls.ts";

/** `fetch` of one handler; `undefined` for every other method. */
export function createFetch(
  { network, paces, onRefusedFetch }: BrokerDeps,
  { id, options }: BrokeredHandler,
): (
  method: string,
  event: EventKey | undefined,
  signal: AbortSignal,
) => ((args: readonly unknown[]) => Promise<unknown>) | undefined {
  const fetch = createFetchCall(options.allow.fetch, paces.of(id).fetch);
  const connections = network.connections.of(id);
  return (method, event, signal) => {
    if (method !== "fetch") return undefined;
    const origin = { handler: id, event };
    return (args) =>
      fetch(args, { connections, network, refused: (request) => onRefusedFetch?.(request, origin), signal });
  };
}
