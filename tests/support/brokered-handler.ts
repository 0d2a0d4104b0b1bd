import { createCapabilities } from "#broker/capabilities.ts";
import { Meters } from "#broker/metrics/meters.ts";
import type { BrokerDeps, BrokeredHandler, Capabilities, EventKey, ResourceCache } from "#broker/ports.ts";
import { resolveOptions } from "#handler-api/resolve-options.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import { namespaceIndexers, type Indexers } from "#informer/store/indexer.ts";
import type { ObjectAnswer, ObjectClient } from "#kubernetes/object-client.ts";
import type { LogRecord } from "#observability/logger.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { fakeCatalog, PODS } from "./api-resources.ts";
import { FakeClock } from "./fake-clock.ts";
import { quietBroker } from "./quiet-broker.ts";
import { type KubernetesObject, rawObject } from "./objects.ts";

/** The event of pod `prod/web`. */
export const EVENT: EventKey = { id: "uid-web/1/added", namespace: "prod", name: "web" };

/** One request that reached the API server. */
export type SentRequest = Readonly<Record<string, unknown>> & { readonly method: string };

/** An API server that answers everything in the same way and remembers what it was asked. */
export class FakeObjectClient implements ObjectClient {
  readonly sent: SentRequest[] = [];
  answer: ObjectAnswer = { type: "object", object: {} };
  isDryRun = false;
  /** In whose name it writes. */
  fieldManager = "informd";

  withFieldManager(name: string): this {
    this.fieldManager = name;
    return this;
  }

  get: ObjectClient["get"] = async (target) => this.#record({ method: "get", ...target });
  list: ObjectClient["list"] = async (scope) => this.#record({ method: "list", ...scope });
  create: ObjectClient["create"] = async (target, object) => this.#record({ method: "create", ...target, object });
  patch: ObjectClient["patch"] = async (target, patch, type) =>
    this.#record({ method: "patch", ...target, patch, type });
  delete: ObjectClient["delete"] = async (target) => this.#record({ method: "delete", ...target });
  evict: ObjectClient["evict"] = async (target) => this.#record({ method: "evict", ...target });

  #record({ resource, ...request }: SentRequest & { readonly resource: ApiResource }): ObjectAnswer {
    this.sent.push({ ...request, resource: resource.plural });
    return this.answer;
  }
}

export function cacheOf(
  objects: readonly KubernetesObject[],
  resource: ApiResource = PODS,
  indexers: Indexers = {},
): ResourceCache {
  const reader = new ObjectStore({ ...namespaceIndexers, ...indexers });
  reader.replaceAll(objects.map(rawObject));
  return { resource, reader };
}

export interface Broker {
  readonly capabilities: Capabilities;
  readonly objects: FakeObjectClient;
  readonly logged: readonly LogRecord[];
  readonly meters: Meters;
}

/** A handler on pods with these options. */
export function broker(
  options: unknown = {},
  caches: Partial<Pick<BrokeredHandler, "cache" | "listers">> = {},
  told: Pick<BrokerDeps, "sealed" | "onRefusal"> = {},
): Broker {
  const resolution = resolveOptions("pods", options);
  if (resolution.type === "invalid") throw new Error(JSON.stringify(resolution.problems));
  const handler: BrokeredHandler = {
    id: "pod-added",
    options: resolution.options,
    cache: caches.cache ?? cacheOf([]),
    listers: caches.listers ?? {},
  };
  const logged: LogRecord[] = [];
  const objects = new FakeObjectClient();
  const meters = new Meters();
  const clock = new FakeClock();
  const deps = {
    objects,
    catalog: fakeCatalog(),
    clock,
    ...quietBroker(clock),
    logSink: (record: LogRecord) => void logged.push(record),
    metrics: meters,
    signal: new AbortController().signal,
    ...told,
  };
  return { capabilities: createCapabilities(deps, handler), objects, logged, meters };
}
