import { parseJson, type JsonRecord } from "#kernel/json-value.ts";
import { StatusError } from "../api-status.ts";
import type { Control, ControlRequest } from "../http/ports.ts";
import type { LoggedRequest } from "../http/request-log.ts";
import type { FaultPlan } from "./fault-plan.ts";
import { readFaultRule } from "./read-fault-rule.ts";

export interface ControlParts {
  readonly faults: FaultPlan;
  readonly compact: () => void;
  readonly requests: () => readonly LoggedRequest[];
}

/**
 * The embedded cluster's own paths, for tests in other processes:
 * `POST /_embedded/faults` plans a `FaultRule`, `DELETE /_embedded/faults` forgets them all,
 * `POST /_embedded/compact` forgets the history, `POST /_embedded/drop-watches[?reset=true]` ends every watch,
 * `GET /_embedded/requests` tells what clients have asked. Throws `StatusError`.
 */
export function createControl({ faults, compact, requests }: ControlParts): Control {
  const actions: Readonly<Record<string, (request: ControlRequest) => Promise<JsonRecord> | JsonRecord>> = {
    "POST /_embedded/faults": async (request) => {
      faults.add(readFaultRule(parseJson((await request.body()).toString("utf8"))));
      return DONE;
    },
    "DELETE /_embedded/faults": () => (faults.clear(), DONE),
    "POST /_embedded/compact": () => (compact(), DONE),
    "POST /_embedded/drop-watches": ({ query }) => (faults.dropWatches(query.get("reset") === "true"), DONE),
    "GET /_embedded/requests": () => ({ items: requests() }),
  };
  return async (request) => {
    const action = actions[`${request.method} ${request.path}`];
    if (action) return action(request);
    throw new StatusError(404, "NotFound", `There is only ${Object.keys(actions).join(", ")}`);
  };
}

const DONE = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 200 };
