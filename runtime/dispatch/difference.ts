import type { RawObject } from "#resources/raw-object.ts";
import type { EventType } from "./ports.ts";
import type { Generation } from "./slot.ts";

type Version = Pick<RawObject, "uid" | "resourceVersion">;

/** `resourceVersion` is opaque: another one is another version, be it older or newer. */
export function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.uid === b.uid && a.resourceVersion === b.resourceVersion);
}

/**
 * The one rule: what a handler is told is the difference between what it last finished and what is so now.
 * @param matches whether `now.newest` is in the handler's scope
 * @returns `over`: the object came and went without ever matching, and nobody needs to know.
 */
export function difference(
  handled: RawObject | undefined,
  now: Pick<Generation, "newest" | "gone" | "left">,
  matches: boolean,
): EventType | "nothing" | "over" {
  if (handled) {
    if (now.gone && !now.left) return "deleted";
    if (now.left || !matches) return "unselected";
    return sameVersion(handled, now.newest) ? "nothing" : "updated";
  }
  if (matches && !now.left) return "added";
  return now.gone ? "over" : "nothing";
}
