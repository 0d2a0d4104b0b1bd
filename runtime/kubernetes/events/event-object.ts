/** Events as core/v1 has them. */
import type { RecordedEvent } from "../event-recorder.ts";
import type { EventSeries } from "./event-correlator.ts";

const COMPONENT = "informd";
/** Where Events about cluster-scoped objects go (client-go: `tools/record`). */
const DEFAULT_NAMESPACE = "default";
/** events.k8s.io: `noteLengthLimit`, in bytes of UTF-8. */
const MAX_MESSAGE_BYTES = 1_024;
const ELLIPSIS = "…";
const ELLIPSIS_BYTES = 3;

/** @param instance which runtime says it: its pod or host */
export function eventObject(series: EventSeries, instance: string): object {
  const { event, name, firstAt } = series;
  const { apiVersion, kind, namespace, uid } = event.regarding;
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name, namespace: eventNamespace(event) },
    involvedObject: {
      apiVersion,
      kind,
      name: event.regarding.name,
      ...(namespace !== "" && { namespace }),
      ...(uid !== undefined && { uid }),
    },
    type: event.type,
    reason: event.reason,
    firstTimestamp: timestamp(firstAt),
    ...eventChange(series),
    source: { component: COMPONENT },
    reportingComponent: COMPONENT,
    reportingInstance: instance,
  };
}

/** What a repeat changes: a merge patch. */
export function eventChange({ message, count, lastAt }: EventSeries): object {
  return { message: shortened(message), count, lastTimestamp: timestamp(lastAt) };
}

export function eventNamespace({ regarding }: RecordedEvent): string {
  return regarding.namespace === "" ? DEFAULT_NAMESPACE : regarding.namespace;
}

/** Kubernetes' `Time` has whole seconds. */
function timestamp(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

function shortened(message: string): string {
  if (Buffer.byteLength(message) <= MAX_MESSAGE_BYTES) return message;
  const room = new Uint8Array(MAX_MESSAGE_BYTES - ELLIPSIS_BYTES);
  const { read } = new TextEncoder().encodeInto(message, room);
  return `${message.slice(0, read)}${ELLIPSIS}`;
}
