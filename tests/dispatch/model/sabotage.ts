import type { DispatchOptions } from "#dispatch/dispatch-options.ts";
import type { ObjectChange, Outcome, Run } from "#dispatch/ports.ts";
import type { Clock } from "#kernel/clock.ts";
import type { World } from "./world.ts";

/** A fault between the dispatcher and the world, as a bug inside of it would show. Everything left out works. */
export interface Sabotage {
  /** What the dispatcher believes the handler's options are. */
  readonly options?: (options: DispatchOptions) => DispatchOptions;
  /** What becomes of a run on its way to the handler. */
  readonly run?: (run: Run, world: World) => Run;
  /** What the dispatcher hears of a change; `undefined`: nothing. */
  readonly change?: (change: ObjectChange, world: World) => ObjectChange | undefined;
  /** What the dispatcher hears of a run's end. */
  readonly outcome?: (outcome: Outcome, run: Run) => Outcome;
  readonly clock?: (clock: Clock) => Clock;
  /** A reload that needs another informer keeps the old one's view. */
  readonly reloadsKeepTheView?: boolean;
  /** After a reload everything is met again. */
  readonly reloadsMeetEverything?: boolean;
}
