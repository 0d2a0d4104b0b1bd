import { type Broker, EVENT } from "./brokered-handler.ts";

export const UNABORTED = new AbortController().signal;

/** Options that allow whatever the tests call. */
export const EVERYTHING = {
  allow: {
    kube: [
      "get,list,create,patch,delete pods",
      "get,list nodes",
      "patch pods/status",
      "create pods/eviction",
      "patch deployments.apps/scale",
      "create events",
    ],
  },
};

export const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "new" } };

/** Calls `kube.<method>` and resolves with what the handler gets. */
export async function call({ capabilities }: Broker, method: string, ...args: readonly unknown[]): Promise<unknown> {
  return JSON.parse(await capabilities.call(`kube.${method}`, args, EVENT, UNABORTED));
}
