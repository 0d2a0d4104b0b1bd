import { apiVersionOf } from "#resources/api-resource.ts";
import type { ApiObject, ObjectMetadata } from "../../api-object.ts";
import { withMetadata } from "../../api-object.ts";
import type { ServedResource } from "../../registry/served-resource.ts";
import type { Change } from "../../storage/change.ts";
import type { WatchEvent } from "../api-operations.ts";
import type { Selection } from "../reading/selection.ts";
import type { ServedObjects } from "../versions/served-objects.ts";

type ObjectEvent = Extract<WatchEvent, { type: "ADDED" | "MODIFIED" | "DELETED" }>;

const INITIAL_EVENTS_END = "k8s.io/initial-events-end";

/** Makes the events of watches. Watches that are told the same get the same event, so that it is serialised once. */
export class WatchEvents {
  readonly #served: ServedObjects;
  readonly #shared = new WeakMap<ApiObject, ObjectEvent[]>();
  readonly #left = new WeakMap<Change, ApiObject>();

  constructor(served: ServedObjects) {
    this.#served = served;
  }

  /** How a watch of these objects sees a change: an object that leaves the selection is deleted for it. */
  of(change: Change, resource: ServedResource, selection: Selection): ObjectEvent | undefined {
    const isIn = change.type !== "DELETED" && selection.includes(change.object);
    const wasIn = change.previous !== undefined && selection.includes(change.previous);
    if (isIn) return this.#event(wasIn ? "MODIFIED" : "ADDED", resource, change.object);
    if (!wasIn) return undefined;
    return this.#event("DELETED", resource, change.type === "DELETED" ? change.object : this.#leaving(change));
  }

  /** Of an object that exists when the watch begins. */
  initial(object: ApiObject, resource: ServedResource): ObjectEvent {
    return this.#event("ADDED", resource, object);
  }

  bookmark(resource: ServedResource, revision: number): WatchEvent {
    return { type: "BOOKMARK", object: markAt(resource, { resourceVersion: String(revision) }) };
  }

  initialEventsEnd(resource: ServedResource, revision: number): WatchEvent {
    const annotations = { [INITIAL_EVENTS_END]: "true" };
    return { type: "BOOKMARK", object: markAt(resource, { resourceVersion: String(revision), annotations }) };
  }

  #event(type: ObjectEvent["type"], resource: ServedResource, stored: ApiObject): ObjectEvent {
    const object = this.#served.of(resource, stored);
    const events = this.#shared.get(object) ?? [];
    const existing = events.find((event) => event.type === type);
    if (existing) return existing;
    const event: ObjectEvent = { type, object };
    this.#shared.set(object, [...events, event]);
    return event;
  }

  /** The state that was still selected, at the revision of the change that ended that. */
  #leaving(change: Change): ApiObject {
    const existing = this.#left.get(change);
    if (existing) return existing;
    const last = withMetadata(change.previous ?? change.object, { resourceVersion: String(change.revision) });
    this.#left.set(change, last);
    return last;
  }
}

function markAt(resource: ServedResource, metadata: Partial<ObjectMetadata>): ApiObject {
  const { kind } = resource;
  const mark = { kind, apiVersion: apiVersionOf(resource), metadata: { name: "", ...metadata } };
  return withMetadata(mark, { name: undefined });
}
