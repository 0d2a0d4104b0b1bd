import type { BrokerDeps, BrokeredHandler, WriteOrigin } from "../ports.ts";
import { createFetchCall } from "./fetch-calls.ts";

/** `fetch` of one handler; `undefined` for every other method. */
export function createFetch(
  { network, onRefusedFetch }: BrokerDeps,
  { options }: BrokeredHandler,
): (
  method: string,
  origin: WriteOrigin,
  signal: AbortSignal,
) => ((args: readonly unknown[]) => Promise<unknown>) | undefined {
  const fetch = createFetchCall(options.allow.fetch);
  return (method, origin, signal) => {
    if (method !== "fetch") return undefined;
    return (args) => fetch(args, { network, refused: (request) => onRefusedFetch?.(request, origin), signal });
  };
}
