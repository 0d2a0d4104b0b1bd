/** What a handler can reach when there is no cluster: it reads nothing, and what it writes goes nowhere. */
import { createCapabilities } from "#broker/capabilities.ts";
import type { BrokerDeps, ResourceCache } from "#broker/ports.ts";
import type { IndexedReader } from "#informer/store/lister.ts";
import { fieldOf, isRecord } from "#kernel/json-value.ts";
import type { ObjectAnswer, ObjectClient, ObjectTarget } from "#kubernetes/object-client.ts";
import type { Revision } from "#loader/revision.ts";
import { type ApiResource, apiVersionOf } from "#resources/api-resource.ts";
import { parseLabelSelector } from "#resources/label-selector.ts";
import type { HandlerCaches } from "#supervisor/ports.ts";

/** Thrown into a handler that reads from the cluster. */
class NoClusterError extends Error {
  override readonly name = "NoClusterError";
  readonly code = "NO_CLUSTER";

  constructor(action: string) {
    super(
      `Cannot ${action}: there is no cluster. Invoke the handler with --kubeconfig FILE; while informd dev runs, .informd/kubeconfig is one`,
    );
  }
}

export function offlineCaches(
  broker: Omit<BrokerDeps, "objects">,
  { handler, options }: Revision,
  resource: ApiResource,
): HandlerCaches {
  const cache: ResourceCache = { resource, reader: NO_CACHE };
  const listers = Object.fromEntries(Object.keys(options.listers).map((name) => [name, cache]));
  return {
    resource,
    namespaces: options.namespaces,
    selector: parseLabelSelector(options.labelSelector),
    view: NO_CACHE,
    capabilities: createCapabilities({ ...broker, objects: NO_SERVER }, { id: handler, options, cache, listers }),
    subscribe: () => () => {},
    release: () => {},
  };
}

function noCache(): never {
  throw new NoClusterError("read the cache");
}

const NO_CACHE: IndexedReader = {
  get size() {
    return noCache();
  },
  get: noCache,
  values: noCache,
  hasIndex: () => true,
  byIndex: noCache,
  walkIndex: noCache,
};

/** Writes succeed, so that the handler goes on to its next one. */
const NO_SERVER: ObjectClient = {
  isDryRun: true,
  withFieldManager: () => NO_SERVER,
  get: () => Promise.reject(new NoClusterError("read from the API server")),
  list: () => Promise.reject(new NoClusterError("read from the API server")),
  create: (target, object) => Promise.resolve(answer({ ...target, name: "" }, object)),
  patch: (target, patch) => Promise.resolve(answer(target, patch)),
  delete: (target) => Promise.resolve(answer(target, {})),
  evict: (target) => Promise.resolve(answer(target, {})),
};

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
