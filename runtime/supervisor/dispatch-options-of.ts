import type { DispatchOptions } from "#dispatch/dispatch-options.ts";
import type { Revision } from "#loader/revision.ts";
import type { HandlerCaches } from "./ports.ts";

/** What holds for every handler, whatever its options say. */
export interface DeliveryChoices {
  /** Objects that exist when a handler first starts count as handled. */
  readonly skipInitial: boolean;
  /** A save tries the events of dead letters again. */
  readonly replaysOnReload: boolean;
}

const AS_IN_PRODUCTION: DeliveryChoices = { skipInitial: false, replaysOnReload: false };

/** What dispatch has to know of a revision: its options, and what its names turned out to mean on this cluster. */
export function dispatchOptionsOf(
  { options }: Revision,
  caches: HandlerCaches,
  { skipInitial, replaysOnReload }: DeliveryChoices = AS_IN_PRODUCTION,
): DispatchOptions {
  const { events, names, changed, generationChanged, concurrency, retry, resyncMs, initial, fieldSelector } = options;
  const { resource, namespaces, selector } = caches;
  return {
    resource,
    namespaces,
    selector,
    events,
    names,
    changed,
    generationChanged,
    concurrency,
    retry,
    resyncMs,
    initial: skipInitial ? "skip" : initial,
    fieldSelector,
    replaysOnReload,
  };
}
