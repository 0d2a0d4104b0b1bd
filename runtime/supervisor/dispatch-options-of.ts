import type { DispatchOptions } from "#dispatch/dispatch-options.ts";
import type { Revision } from "#loader/revision.ts";
import type { HandlerCaches } from "./ports.ts";

/** What dispatch has to know of a revision: its options, and what its names turned out to mean on this cluster. */
export function dispatchOptionsOf({ options }: Revision, caches: HandlerCaches, skipInitial = false): DispatchOptions {
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
  };
}
