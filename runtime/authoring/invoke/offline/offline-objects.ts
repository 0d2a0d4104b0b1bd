/** The API server that is not there: reads fail, and what is written goes nowhere. */
import { fieldOf, isRecord } from "#kernel/json-value.ts";
import type { ObjectAnswer, ObjectClient, ObjectTarget } from "#kubernetes/object-client.ts";
import { apiVersionOf } from "#resources/api-resource.ts";
import { NoClusterError } from "./no-cluster-error.ts";

/** Writes succeed, so that the handler goes on to its next one. */
export const OFFLINE_OBJECTS: ObjectClient = {
  isDryRun: true,
  withFieldManager: () => OFFLINE_OBJECTS,
  get: () => Promise.reject(noServer()),
  list: () => Promise.reject(noServer()),
  create: (target, object) => Promise.resolve(answer({ ...target, name: "" }, object)),
  patch: (target, patch) => Promise.resolve(answer(target, patch)),
  delete: (target) => Promise.resolve(answer(target, {})),
  evict: (target) => Promise.resolve(answer(target, {})),
};

function noServer(): NoClusterError {
  return new NoClusterError("read from the API server");
}

/** What was sent, as the object that it could become. */
function answer({ resource, namespace, name }: ObjectTarget, sent: unknown): ObjectAnswer {
  const metadata = fieldOf(sent, "metadata");
  return {
    type: "object",
    object: {
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
      ...(isRecord(sent) ? sent : {}),
      metadata: {
        ...(name !== "" && { name }),
        ...(namespace !== "" && { namespace }),
        ...(isRecord(metadata) ? metadata : {}),
      },
    },
  };
}
