import type { Clock } from "#kernel/clock.ts";
import type { InformerEvent } from "../informer-event.ts";
import type { ReflectorFailure } from "./reflector-failure.ts";
import { transition, type ReflectorState, type ReflectorStep } from "./reflector-state.ts";

/** The state of one reflector, and the news about it. */
export class ReflectorStatus {
  readonly #clock: Clock;
  readonly #observe: (event: InformerEvent) => void;
  #state: ReflectorState;
  #failingSince: number | undefined;

  constructor(clock: Clock, observe: (event: InformerEvent) => void) {
    this.#clock = clock;
    this.#observe = observe;
    this.#state = { type: "idle", since: clock.now(), lastFailure: undefined };
  }

  get state(): ReflectorState {
    return this.#state;
  }

  move(step: ReflectorStep): void {
    const before = this.#state;
    this.#state = transition(before, step, this.#clock.now());
    if (this.#state !== before) this.#observe({ type: "stateChanged", state: this.#state });
    if (step.type === "sync" || step.type === "watch") this.#recover();
  }

  /** Something did not work. `retryInMs` 0: another way is tried at once. */
  failed(failure: ReflectorFailure, retryInMs: number): void {
    this.#failingSince ??= this.#clock.monotonic();
    this.#observe({ type: "failed", failure, retryInMs });
    if (retryInMs > 0) this.move({ type: "fail", failure, retryInMs });
    else this.#state = { ...this.#state, lastFailure: failure };
  }

  #recover(): void {
    if (this.#failingSince === undefined) return;
    const outageMs = this.#clock.monotonic() - this.#failingSince;
    this.#failingSince = undefined;
    this.#observe({ type: "recovered", outageMs });
  }
}
