import type { EventType } from "#dispatch/ports.ts";
import { type HandlerConfig, matches } from "./handler-config.ts";
import type { Violation } from "./invariants.ts";
import { describe, same, type Version } from "./version.ts";

interface Told {
  readonly type: EventType;
  readonly object: Version;
  readonly old: Version | undefined;
  /** What the handler last finished. */
  readonly finished: Version | undefined;
  readonly gone: boolean;
  /** Whatever the handler's selector says: the server's does not select it any more. */
  readonly left: boolean;
}

/** The table of the one rule, read backwards: is this event the difference between what was finished and a state of the world? */
export function brokenRule(told: Told, config: HandlerConfig): Violation | undefined {
  const { type, object, old, finished, gone, left } = told;
  const text = `${type} of ${describe(object)}, old ${describe(old)}, finished ${describe(finished)}, gone ${gone}`;
  if (type === "added") {
    if (finished) return { invariant: "D2", text };
    return matches(config, object) ? undefined : { invariant: "D3", text };
  }
  if (finished?.uid !== object.uid) return { invariant: finished ? "D2" : "D3", text };
  if (type === "deleted") return gone ? undefined : { invariant: "D5", text };
  const isSelected = matches(config, object) && !left;
  return same(old, finished) && isSelected === (type === "updated") ? undefined : { invariant: "D3", text };
}
