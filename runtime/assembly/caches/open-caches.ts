/** Opens what a handler reads: its resource's informer, those of its `listers`, and its capabilities. The supervisor calls it. */
import { createCapabilities } from "#broker/capabilities.ts";
import type { BrokerDeps, ResourceCache } from "#broker/ports.ts";
import { isRecord } from "#kernel/json-value.ts";
import { parseLabelSelector } from "#resources/label-selector.ts";
import type { Labels } from "#resources/raw-object.ts";
import type { CacheRequest, HandlerCaches, OpenCaches } from "#supervisor/ports.ts";
import type { FindObject } from "./confirm-deletes.ts";
import { ConfirmedChangesByHandler } from "./confirmed-changes.ts";
import { createFindObject } from "./find-object.ts";
import type { FindObjectDeps } from "./find-object.ts";
import { InformerShares } from "./informer-shares.ts";
import type { InformerSharesDeps, OpenInformer } from "./informer-shares.ts";
import { objectChange } from "./object-change.ts";

export interface OpenCachesDeps extends InformerSharesDeps {
  readonly broker: BrokerDeps;
  readonly listWatch: FindObjectDeps["listWatch"];
}

export function createOpenCaches(deps: OpenCachesDeps): OpenCaches {
  const confirmed = new ConfirmedChangesByHandler();
  return async (request, onProblem, signal) => {
    const shares = new InformerShares(deps, request.options, onProblem, signal);
    try {
      return await handlerCaches(deps, confirmed, request, shares);
    } catch (error) {
      shares.release();
      throw error;
    }
  };
}

async function handlerCaches(
  deps: OpenCachesDeps,
  confirmed: ConfirmedChangesByHandler,
  { handler, options }: CacheRequest,
  shares: InformerShares,
): Promise<HandlerCaches> {
  const [own, listers] = await Promise.all([
    shares.own(),
    Promise.all(
      Object.entries(options.listers).map(
        async ([name, lister]) => [name, cacheOf(await shares.lister(lister))] as const,
      ),
    ),
  ]);
  const caches: HandlerCaches = {
    resource: own.resource,
    namespaces: own.resource.namespaced ? shares.namespaces : undefined,
    selector: parseLabelSelector(options.labelSelector),
    view: own.informer.cache,
    capabilities: createCapabilities(deps.broker, {
      id: handler,
      // What is allowed without "in" holds where the handler is, so that `-n` bounds what it writes too.
      options: { ...options, namespaces: shares.namespaces },
      cache: cacheOf(own),
      listers: Object.fromEntries(listers),
    }),
    subscribe: (onChange) => own.informer.follow((notification) => onChange(objectChange(notification))),
    release: () => shares.release(),
  };
  if (!options.pushDown && options.fieldSelector === "") return caches;
  const find = (until: AbortSignal): FindObject => createFindObject(deps, own.resource, until);
  const changes = shares.keep(confirmed.acquire(handler, own.informer, find));
  return { ...caches, subscribe: (onChange) => changes.subscribe(onChange) };
}

function cacheOf({ resource, informer }: OpenInformer): ResourceCache {
  const { namespaces, labelSelector } = informer.scope;
  const selector = parseLabelSelector(labelSelector);
  return {
    resource,
    reader: informer.cache,
    follow: (onChange) => (informer.isStopped ? () => {} : informer.follow(({ object }) => onChange(object.key))),
    watches: (namespace, labels) =>
      (namespaces.length === 0 || namespaces.includes(namespace)) && (!isLabels(labels) || selector.matches(labels)),
  };
}

function isLabels(value: unknown): value is Labels {
  return isRecord(value) && Object.values(value).every((label) => typeof label === "string");
}
