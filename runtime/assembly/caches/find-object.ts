import { ObjectStore } from "#informer/store/object-store.ts";
import { sleep } from "#kernel/clock.ts";
import { Gate } from "#kernel/gate.ts";
import type { Clock } from "#kernel/clock.ts";
import type { ListWatchClient } from "#kubernetes/list-watch.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { parseKey } from "#resources/object-key.ts";
import { ownedCopy } from "#resources/raw-object.ts";
import type { FindObject, Finding } from "./confirm-deletes.ts";

export interface FindObjectDeps {
  readonly clock: Clock;
  readonly listWatch: (scope: {
    resource: ApiResource;
    namespace: string;
    labelSelector: string;
    fieldSelector: string;
  }) => ListWatchClient;
}

const ASK_AGAIN_MS = 1000;
/** When a namespace goes, thousands of objects may be asked for in one moment. */
const ASKED_AT_A_TIME = 8;

/** Looks single objects up with a LIST, because whoever watches may list, but need not be allowed to GET. Asks until there is an answer. */
export function createFindObject(deps: FindObjectDeps, resource: ApiResource, signal: AbortSignal): FindObject {
  const gate = new Gate(ASKED_AT_A_TIME);
  return async (key) => {
    try {
      return await gate.run(() => find(deps, resource, key, signal));
    } catch (error) {
      if (signal.aborted) return { type: "cancelled" };
      throw error;
    }
  };
}

async function find(
  { clock, listWatch }: FindObjectDeps,
  resource: ApiResource,
  key: string,
  signal: AbortSignal,
): Promise<Finding> {
  const { namespace, name } = parseKey(key);
  const client = listWatch({ resource, namespace, labelSelector: "", fieldSelector: `metadata.name=${name}` });
  for (;;) {
    const found = new ObjectStore();
    const answer = await client.list({}, (object) => void found.put(found.admit(object)), signal);
    const object = found.get(key);
    if (answer.type === "page") return object ? { type: "found", object: ownedCopy(object) } : { type: "gone" };
    await sleep(clock, ASK_AGAIN_MS, signal);
  }
}
