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
  readonly isGone: boolean;
}

/** The table of the one rule, read backwards: is this event the difference between what was finished and a state of the world? */
export function brokenRule(told: Told, config: HandlerConfig): Violation | undefined {
  const { type, object, old, finished, isGone } = told;
  const text = `${type} of ${describe(object)}, old ${describe(old)}, finished ${describe(finished)}, gone ${isGone}`;
  if (type === "added") {
    if (finished) return { invariant: "D2", text };
    return matches(config, object) ? undefined : { invariant: "D3", text };
  }
  if (finished?.uid !== object.uid) return { invariant: finished ? "D2" : "D3", text };
  if (type === "deleted") return isGone ? undefined : { invariant: "D5", text };
  const isRight = same(old, finished) && matches(config, object) === (type === "updated");
  return isRight ? undefined : { invariant: "D3", text };
}
