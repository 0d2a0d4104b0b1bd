import type { FaultRule } from "#devcluster/faults/fault.ts";
import type { LoggedRequest } from "#devcluster/http/request-log.ts";
import type { Ask } from "./admin-client.ts";

/** The embedded server's own paths, as tests in other processes use them. */
export interface FaultControl {
  plan(rule: FaultRule): Promise<void>;
  clear(): Promise<void>;
  compact(): Promise<void>;
  /** With a TCP RST. */
  dropWatches(): Promise<void>;
  /** What clients have asked, the oldest first. */
  requests(): Promise<readonly LoggedRequest[]>;
}

export function createFaultControl(ask: Ask): FaultControl {
  const act = async (method: string, path: string, body?: unknown): Promise<void> => {
    await ask({ method, path: `/_embedded/${path}`, body });
  };
  return {
    plan: (rule) => act("POST", "faults", rule),
    clear: () => act("DELETE", "faults"),
    compact: () => act("POST", "compact"),
    dropWatches: () => act("POST", "drop-watches?reset=true"),
    async requests() {
      const { body } = await ask({ method: "GET", path: "/_embedded/requests" });
      return (body as { readonly items: readonly LoggedRequest[] }).items;
    },
  };
}
