import type { ArgumentReader } from "../argument-reader.ts";
import { CLUSTER_EVENTS_NAMESPACE } from "./cluster-events.ts";

/** A stack trace, or the end of a log. */
const MAX_MESSAGE_CHARACTERS = 65_536;

/** Begins the name of an Event about what is named as no Event may be (client-go takes a UUID then). */
const NAMELESS = "event";
/** Upstream: RFC 1123 subdomains. */
const MAX_SUBDOMAIN_CHARACTERS = 253;
const DNS_LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

export interface NewKubeEvent {
  /** As the handler wrote it, unchecked. */
  readonly namespace: string;
  readonly object: object;
}

/**
 * A core/v1 Event about `subject`, from what a handler gave to `kube.event(subject, { type, reason, message })`.
 * The API server completes its name. Throws `BadCallError`.
 */
export function createKubeEvent(
  read: ArgumentReader,
  [subject, note]: readonly unknown[],
  { handler, now }: { readonly handler: string; readonly now: number },
): NewKubeEvent {
  const { apiVersion, kind, metadata } = read.object("the object", subject);
  const { name, namespace, uid, resourceVersion } = read.object("the object's metadata", metadata);
  const { type, reason, message } = read.object("the event", note);
  const involvedObject = {
    apiVersion: read.text("the object's apiVersion", apiVersion),
    kind: read.text("the object's kind", kind),
    name: read.text("the object's metadata.name", name),
    namespace: read.optionalText("the object's metadata.namespace", namespace),
    uid: read.optionalText("the object's metadata.uid", uid),
    resourceVersion: read.optionalText("the object's metadata.resourceVersion", resourceVersion),
  };
  const eventNamespace = involvedObject.namespace ?? CLUSTER_EVENTS_NAMESPACE;
  const time = new Date(now).toISOString().replace(/\.\d+Z$/, "Z");
  const object = {
    apiVersion: "v1",
    kind: "Event",
    metadata: {
      generateName: `${isDnsSubdomain(involvedObject.name) ? involvedObject.name : NAMELESS}.`,
      namespace: eventNamespace,
    },
    involvedObject,
    type: read.choice("type", type, ["Normal", "Warning"]),
    reason: read.text("reason", reason),
    message: read.text("message", message, MAX_MESSAGE_CHARACTERS),
    source: { component: "informd" },
    reportingComponent: "informd",
    reportingInstance: handler,
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  };
  return { namespace: eventNamespace, object };
}

function isDnsSubdomain(name: string): boolean {
  return name.length <= MAX_SUBDOMAIN_CHARACTERS && name.split(".").every((label) => DNS_LABEL.test(label));
}
