/** What a handler can reach when there is no cluster: caches of the objects that were given, if any were; what it writes goes nowhere. */
import { createCapabilities } from "#broker/capabilities.ts";
import type { BrokerDeps } from "#broker/ports.ts";
import type { ResolvedOptions } from "#handler-api/resolved-options.ts";
import { parseLabelSelector } from "#resources/label-selector.ts";
import { fillCaches, type FillRequest } from "./fill-caches.ts";
import { OFFLINE_OBJECTS } from "./offline-objects.ts";
import type { OpenedCaches } from "../opened-caches.ts";
import { unknownCaches } from "./unknown-caches.ts";

export interface OfflineRequest extends Omit<FillRequest, "given" | "namespaces"> {
  /** `undefined`: reading the caches fails. */
  readonly given: FillRequest["given"] | undefined;
  /** Of handlers that name none. `undefined`: all. */
  readonly namespace: string | undefined;
}

export async function openOfflineCaches(
  broker: Omit<BrokerDeps, "objects">,
  request: OfflineRequest,
): Promise<OpenedCaches> {
  const { revision, resource, given, namespace } = request;
  const { options } = revision;
  const namespaces = options.namespaces ?? (namespace === undefined ? undefined : [namespace]);
  const scoped: ResolvedOptions = { ...options, namespaces };
  const reading = given
    ? await fillCaches({ ...request, given, namespaces }, broker.signal)
    : unknownCaches(revision, resource);
  if (reading.type === "failed") return reading;
  const { cache, listers, warnings, show } = reading;
  return {
    type: "opened",
    caches: {
      resource,
      namespaces: resource.namespaced ? namespaces : options.namespaces,
      selector: parseLabelSelector(options.labelSelector),
      view: cache.reader,
      capabilities: createCapabilities(
        { ...broker, objects: OFFLINE_OBJECTS },
        { id: revision.handler, options: scoped, cache, listers },
      ),
      subscribe: () => () => {},
      release: () => {},
    },
    warnings,
    show,
    close: () => Promise.resolve(),
  };
}
