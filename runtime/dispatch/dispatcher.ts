/**
 * Tells one handler what changed: one run per object at a time, in order, until it succeeds or is a dead letter.
 * It promises the one rule of `difference.ts`, whatever fails or is reloaded. It runs no code and knows no API server:
 * the informer's changes come in, `Runner.start` goes out, and every start is answered by one `finish`.
 * It does not know the handler's name either, so a handler that is renamed keeps its dispatcher.
 */
import type { RawObject } from "#resources/raw-object.ts";
import { Alarm } from "./alarm.ts";
import { changeObject, meetObject, resyncObjects } from "./arrivals.ts";
import { Backlog } from "./backlog.ts";
import type { DispatchOptions } from "./dispatch-options.ts";
import { Gate, sameHealth } from "./gate.ts";
import { conclude } from "./outcomes.ts";
import type { CacheView, DeadLetter, DispatcherDeps, Health, ObjectChange, Outcome, Run, RunError } from "./ports.ts";
import { RecentDeadLetters } from "./recent-dead-letters.ts";
import { reloadBacklog } from "./reload.ts";
import { ResyncTicks } from "./resync-ticks.ts";
import { prepareRun } from "./run-start.ts";
import { Schedule, type SlotCounts } from "./schedule.ts";
import type { ActiveRun, Slot } from "./slot.ts";

export interface DispatchLimits {
  /** Waiting objects that came and went. Names can be used up without end while a handler fails. */
  readonly passedObjects: number;
  readonly deadLetters: number;
}

const LIMITS: DispatchLimits = { passedObjects: 10_000, deadLetters: 1_000 };

export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #schedule = new Schedule();
  readonly #backlog: Backlog;
  readonly #gate = new Gate();
  readonly #deadLetters: RecentDeadLetters;
  readonly #resyncTicks: ResyncTicks;
  readonly #alarm: Alarm;
  readonly #runs = new Map<number, ActiveRun>();
  readonly #idle = Promise.withResolvers<void>();
  #runNumber = 0;
  #revision = 1;
  #starting = false;

  constructor(deps: DispatcherDeps, options: DispatchOptions, limits = LIMITS) {
    this.#deps = deps;
    this.#backlog = new Backlog({ ...deps, schedule: this.#schedule }, deps.cache, options, limits.passedObjects);
    this.#deadLetters = new RecentDeadLetters(limits.deadLetters);
    this.#alarm = new Alarm(deps.clock, () => this.#startDue());
    this.#resyncTicks = new ResyncTicks(deps.clock, deps.random, () => this.resync());
    this.#resyncTicks.every(options.resyncMs);
  }

  /** Counted from 1 by `reload`. */
  get revision(): number {
    return this.#revision;
  }

  /** Of objects, by what happens next. A handler that is removed leaves them untold. */
  get counts(): SlotCounts {
    return this.#schedule.counts;
  }

  get health(): Health {
    return this.#gate.health(this.#deps.clock.monotonic());
  }

  /** The newest ones, oldest first. */
  get deadLetters(): readonly DeadLetter[] {
    return this.#deadLetters.list();
  }

  /** What the handler still has to be told, one slot per object. */
  get slots(): Iterable<Readonly<Slot>> {
    return this.#backlog.slots.values();
  }

  /** Resolves after `close`, once no run is in flight. */
  get idle(): Promise<void> {
    return this.#idle.promise;
  }

  /** An object that the cache holds when the handler starts. */
  meet(object: RawObject, cause: "initial" | "reload"): void {
    meetObject(this.#backlog, object, cause);
    this.#startDue();
  }

  /** Called in the tick in which the cache shows the change. */
  change(change: ObjectChange): void {
    changeObject(this.#backlog, change);
    this.#startDue();
  }

  /** Every matching object without other work, once more. Called by itself if the options say so. */
  resync(): void {
    resyncObjects(this.#backlog);
    this.#startDue();
  }

  /** Tries the event of a dead letter again. `false`: the object has gone on since, and there is nothing to try. */
  replay(key: string): boolean {
    const isParked = this.#backlog.replay(key);
    this.#startDue();
    return isParked;
  }

  /**
   * From now on other code serves, perhaps with other options. Runs in flight end on theirs.
   * @param view the cache of the new revision, synced and not behind the old one, which is read for the last time here.
   *   Left out, the cache stays.
   */
  reload(options: DispatchOptions, view?: CacheView): void {
    this.#revision++;
    this.#observingHealth(() => this.#gate.reset());
    reloadBacklog(this.#backlog, options, view ?? this.#backlog.cache);
    this.#resyncTicks.every(options.resyncMs);
    this.#startDue();
  }

  pause(): void {
    this.#gate.paused = true;
  }

  resume(): void {
    this.#gate.paused = false;
    this.#startDue();
  }

  /** The process that serves `revision` died, by itself or at a deadline. Told once, before each run in it is finished. */
  processDied(revision: number): void {
    if (revision !== this.#revision) return;
    this.#observingHealth((now) => this.#gate.quarantine.processDied(now));
  }

  /**
   * A run has ended. A run whose process died ended as `timedOut`, `crashed` or `innocent`.
   * Throws for a run that is not in flight.
   */
  finish({ number }: Run, outcome: Outcome): void {
    const run = this.#runs.get(number);
    if (!run) throw new Error(`Cannot finish run ${number}: it is not running. Finish each run once`);
    this.#runs.delete(number);
    this.#schedule.move(run.slot, { type: "unsettled" });
    if (run.revision === this.#revision) this.#observingHealth((now) => this.#judge(run, outcome, now));
    this.#conclude(run, outcome);
    this.#backlog.settle(run.slot);
    this.#startDue();
    this.#resolveIdle();
  }

  /** Nothing starts any more. Runs in flight may still finish. */
  close(): void {
    this.#gate.closed = true;
    this.#resyncTicks.stop();
    this.#alarm.set(undefined);
    this.#resolveIdle();
  }

  #startDue(): void {
    if (this.#starting) return;
    this.#starting = true;
    try {
      const now = this.#deps.clock.monotonic();
      this.#schedule.promote(now);
      while (this.#runs.size < this.#gate.limit(now, this.#backlog.options.concurrency)) {
        const slot = this.#schedule.take();
        if (!slot) break;
        this.#start(slot);
      }
    } finally {
      this.#starting = false;
    }
    this.#setAlarm();
  }

  #start(slot: Slot): void {
    const { clock, observer, runner } = this.#deps;
    const origin = {
      number: ++this.#runNumber,
      revision: this.#revision,
      probe: this.#gate.failing.until !== undefined,
    };
    const run = prepareRun(slot, this.#backlog, clock, origin);
    if (!run) return this.#schedule.move(slot, { type: "unsettled" });
    this.#backlog.begin(slot);
    this.#schedule.move(slot, { type: "running", run });
    this.#runs.set(run.number, run);
    observer.started(run);
    runner.start(run);
  }

  #conclude(run: ActiveRun, outcome: Outcome): void {
    const { clock, random, observer } = this.#deps;
    const now = clock.monotonic();
    const isFailing = this.#gate.failing.until !== undefined;
    const around = {
      backlog: this.#backlog,
      schedule: this.#schedule,
      now,
      random,
      revision: this.#revision,
      isFailing,
    };
    const verdict = conclude(run, outcome, around);
    if (verdict.type !== "forgotten") run.slot.lane = "live";
    observer.ended(run, outcome, verdict, now - run.startedAt);
    if (verdict.type === "dead" && "error" in outcome) this.#keepDeadLetter(run, outcome.error);
  }

  #keepDeadLetter({ delivery, revision }: ActiveRun, error: RunError): void {
    const { object, attempt, id, type, resource, cause, observedAt } = delivery;
    const event = { id, type, resource, cause, observedAt };
    const letter = { event, key: object.key, error, attempts: attempt, revision, diedAt: this.#deps.clock.now() };
    this.#deadLetters.add(letter);
    this.#deps.observer.deadLetter(letter);
  }

  #judge(run: ActiveRun, outcome: Outcome, now: number): void {
    this.#gate.quarantine.judge(outcome);
    this.#gate.failing.judge(run, outcome, now, (count) => this.#backlog.hasMoreObjectsThan(count));
  }

  #observingHealth(change: (now: number) => void): void {
    const now = this.#deps.clock.monotonic();
    const before = this.#gate.health(now);
    change(now);
    const after = this.#gate.health(now);
    if (!sameHealth(before, after)) this.#deps.observer.healthChanged(after);
  }

  #setAlarm(): void {
    if (this.#gate.closed) return;
    const now = this.#deps.clock.monotonic();
    const opensAt = this.#schedule.counts.queued > 0 ? this.#gate.opensAfter(now) : undefined;
    const dueAt = this.#schedule.nextDueAt;
    this.#alarm.set(opensAt === undefined || dueAt === undefined ? (opensAt ?? dueAt) : Math.min(opensAt, dueAt));
  }

  #resolveIdle(): void {
    if (this.#gate.closed && this.#runs.size === 0) this.#idle.resolve();
  }
}
