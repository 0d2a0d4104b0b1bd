import type { ObjectReference } from "../event-recorder.ts";

/** RFC 1123 subdomains. Other kinds of names (`system:node`) are no beginning of one. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME_CHARACTERS = 253;
const OTHERWISE = "informd";

/**
 * A name that no other Event has: that of its object, the time, and chance, since several runtimes may speak at once.
 * @param now milliseconds since the epoch
 * @param random in [0, 1)
 */
export function eventName({ name }: ObjectReference, now: number, random: number): string {
  const unique = `.${now.toString(16)}${Math.floor(random * 2 ** 32)
    .toString(16)
    .padStart(8, "0")}`;
  const begin = SUBDOMAIN.test(name) ? name.slice(0, MAX_NAME_CHARACTERS - unique.length) : OTHERWISE;
  return `${begin.replace(/[-.]+$/, "")}${unique}`;
}
