import type { DispatchOptions } from "#dispatch/dispatch-options.ts";
import { type DispatchLimits, Dispatcher } from "#dispatch/dispatcher.ts";
import type { DispatcherDeps, ObjectChange, Outcome, Run } from "#dispatch/ports.ts";
import type { RawObject } from "#resources/raw-object.ts";
import type { Sabotage } from "./sabotage.ts";
import type { SimulatedCache } from "./simulated-cache.ts";
import type { World } from "./world.ts";

/** The real dispatcher, behind whatever goes wrong between it and the world. */
export class SabotagedDispatcher {
  readonly real: Dispatcher;
  readonly #sabotage: Sabotage;
  readonly #world: World;

  constructor(
    deps: DispatcherDeps,
    options: DispatchOptions,
    limits: DispatchLimits,
    sabotage: Sabotage,
    world: World,
  ) {
    this.#sabotage = sabotage;
    this.#world = world;
    const clock = sabotage.clock?.(deps.clock) ?? deps.clock;
    this.real = new Dispatcher({ ...deps, clock }, this.#options(options), limits);
  }

  /** What the handler sees of a run. */
  seen(run: Run): Run {
    return this.#sabotage.run?.(run, this.#world) ?? run;
  }

  meet(object: RawObject): void {
    this.real.meet(object, "initial");
  }

  change(change: ObjectChange): void {
    const heard = this.#sabotage.change ? this.#sabotage.change(change, this.#world) : change;
    if (heard) this.real.change(heard);
  }

  finish(run: Run, outcome: Outcome): void {
    this.real.finish(run, this.#sabotage.outcome?.(outcome, run) ?? outcome);
  }

  reload(options: DispatchOptions, view?: SimulatedCache): void {
    this.real.reload(this.#options(options), this.#sabotage.reloadsKeepTheView ? undefined : view);
    if (!this.#sabotage.reloadsMeetEverything) return;
    for (const object of this.#world.cache.values()) this.real.meet(object, "reload");
  }

  #options(options: DispatchOptions): DispatchOptions {
    return this.#sabotage.options?.(options) ?? options;
  }
}
