import type { Delivery } from "#dispatch/ports.ts";
import type { GuestEvent } from "#sandbox/sandbox.ts";

/** A delivery as the sandbox takes it: the event's fields as a header, the objects as their bytes. */
export function guestEventOf(delivery: Delivery): GuestEvent {
  const { id, type, resource, object, old, cause, attempt } = delivery;
  const { group, version, plural, kind } = resource;
  const { namespace, name, uid } = object;
  const header = {
    id,
    type,
    resource: { group, version, plural, kind },
    key: { namespace, name, uid },
    cause,
    attempt,
    observedAt: new Date(delivery.observedAt).toISOString(),
    ...(type === "deleted" ? { finalStateUnknown: delivery.finalStateUnknown } : {}),
  };
  return { header, key: { id, namespace, name }, object: object.bytes(), old: old?.bytes() };
}
