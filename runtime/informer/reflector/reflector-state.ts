import type { ReflectorFailure } from "./reflector-failure.ts";

interface Since {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The latest failure, also after recovery. */
  readonly lastFailure: ReflectorFailure | undefined;
}

/** Where a reflector is. */
export type ReflectorState =
  | ({ readonly type: "idle" } & Since)
  /** Asking for a complete state. */
  | ({ readonly type: "connecting" } & Since)
  /** The complete state is handed over, and a watch is being opened. */
  | ({ readonly type: "synced" } & Since)
  /** The server has accepted the watch. */
  | ({ readonly type: "watching" } & Since)
  /** `retryAt`: milliseconds since the epoch. */
  | ({ readonly type: "backing-off"; readonly retryAt: number } & Since & { readonly lastFailure: ReflectorFailure })
  | ({ readonly type: "stopped" } & Since);

export type ReflectorStep =
  | { readonly type: "connect" }
  | { readonly type: "sync" }
  | { readonly type: "watch" }
  | { readonly type: "fail"; readonly failure: ReflectorFailure; readonly retryInMs: number }
  | { readonly type: "stop" };

const AFTER = { connect: "connecting", sync: "synced", watch: "watching", stop: "stopped" } as const;

/** The state after a step. The same object when the step changes nothing. */
export function transition(state: ReflectorState, step: ReflectorStep, now: number): ReflectorState {
  if (state.type === "stopped") return state;
  if (step.type === "fail") {
    return { type: "backing-off", since: now, retryAt: now + step.retryInMs, lastFailure: step.failure };
  }
  const type = AFTER[step.type];
  return state.type === type ? state : { type, since: now, lastFailure: state.lastFailure };
}

const HEALTH = ["stopped", "backing-off", "idle", "connecting", "synced", "watching"] as const;

/** The less healthy one. */
export function worseOf(a: ReflectorState, b: ReflectorState): ReflectorState {
  return HEALTH.indexOf(b.type) < HEALTH.indexOf(a.type) ? b : a;
}
