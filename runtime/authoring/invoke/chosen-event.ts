import type { Delivery } from "#dispatch/ports.ts";
import { createInterest } from "#dispatch/interest.ts";
import { createScope } from "#dispatch/matching.ts";
import type { EventType } from "#handler-api/events.ts";
import type { Revision } from "#loader/revision.ts";
import { type ApiResource, resourceName } from "#resources/api-resource.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { dispatchOptionsOf } from "#supervisor/dispatch-options-of.ts";
import type { HandlerCaches } from "#supervisor/ports.ts";
import { newestObject } from "./cluster-caches.ts";
import type { GivenObjects } from "./objects/given-objects.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import { type Defaults, rawObjectOf } from "./objects/raw-object-of.ts";

export type ChosenEvent =
  | {
      readonly type: "chosen";
      readonly delivery: Delivery;
      /** Why the runtime would not have told it. */
      readonly doubts: readonly string[];
    }
  | { readonly type: "failed"; readonly message: string };

export interface EventChoice {
  readonly request: Pick<InvokeRequest, "event">;
  readonly given: GivenObjects;
  readonly revision: Revision;
  readonly resource: ApiResource;
  readonly caches: HandlerCaches;
  readonly defaults: Omit<Defaults, "resource">;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The event that the handler shall get: on the given object, else on the newest one that it matches. */
export function chooseEvent(choice: EventChoice): ChosenEvent {
  const { request, given, revision, resource, caches, defaults, now } = choice;
  const { handler, options } = revision;
  const type = request.event ?? defaultEvent(options.events);
  if (!options.events.includes(type)) {
    return failed(handler, `it does not listen to "${type}". It takes ${options.events.join(", ")}`);
  }
  const dispatch = dispatchOptionsOf(revision, caches);
  const scope = createScope(dispatch);
  const raw = (object: GivenObjects["object"]): RawObject | undefined =>
    object && rawObjectOf(object.object, { ...defaults, resource });
  const object = raw(given.object) ?? newestObject(caches.view.values(), (one) => scope.matches(one));
  if (!object) {
    const place = given.cache ? "what --cache names" : "the cluster";
    return failed(handler, `${place} has no ${resourceName(resource)} that it matches. Give one with --object FILE`);
  }
  const old = CARRIES_OLD.has(type) ? (raw(given.old) ?? object) : undefined;
  const isOfInterest = given.old === undefined || createInterest(dispatch).listensTo(type, old, object);
  return {
    type: "chosen",
    delivery: {
      id: `${object.uid}/${object.resourceVersion}/${type}`,
      type,
      resource: caches.resource,
      object,
      old,
      finalStateUnknown: false,
      cause: "live",
      attempt: 1,
      observedAt: now,
    },
    doubts: [
      ...(scope.matches(object) ? [] : ["its namespaces, names or labelSelector leave this object out"]),
      ...(isOfInterest ? [] : ["nothing that it listens to differs between the two objects"]),
    ],
  };
}

const CARRIES_OLD: ReadonlySet<EventType> = new Set(["updated", "unselected"]);

function defaultEvent(events: readonly EventType[]): EventType {
  return events.includes("added") ? "added" : (events[0] ?? "added");
}

function failed(handler: string, fact: string): ChosenEvent {
  return { type: "failed", message: `Cannot invoke "${handler}": ${fact}.` };
}
