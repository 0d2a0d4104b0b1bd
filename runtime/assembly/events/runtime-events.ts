/** The runtime's own Events in the cluster: who records them, what they regard, and what they tell of handlers. */
import type { EventRecorder } from "#kubernetes/event-recorder.ts";
import { ClusterEventRecorder, type ClusterEventRecorderDeps } from "#kubernetes/events/cluster-event-recorder.ts";
import { HandlerEvents } from "./handler-events.ts";
import { createHandlerReference, runtimeInstance, type RuntimePlace } from "./runtime-reference.ts";

export interface RuntimeEventsOptions {
  /** The API server's URL, for messages. */
  readonly server: string;
  readonly place: RuntimePlace;
  /** Nothing reaches the cluster. */
  readonly silent: boolean;
}

export interface RuntimeEvents {
  readonly recorder: EventRecorder;
  readonly handlers: HandlerEvents;
  /** Takes no more, and waits a little for what is on its way. */
  close(): Promise<void>;
}

/** How long a stopping runtime waits for Events that the API server has not taken yet. */
const CLOSE_GRACE_MS = 2_000;

export function openRuntimeEvents(
  deps: ClusterEventRecorderDeps,
  { server, place, silent }: RuntimeEventsOptions,
): RuntimeEvents {
  const recorder = new ClusterEventRecorder(deps, { server, instance: runtimeInstance(place), silent });
  const handlers = new HandlerEvents({ recorder, regarding: createHandlerReference(place) });
  return { recorder, handlers, close: () => recorder.close(CLOSE_GRACE_MS) };
}
