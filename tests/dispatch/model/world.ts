/** One random schedule: a cluster, an informer that may miss parts of it, a handler that is reloaded, and a clock. */
import type { Health, Outcome, Run } from "#dispatch/ports.ts";
import type { Slot } from "#dispatch/slot.ts";
import { ownedCopy, type RawObject } from "#resources/raw-object.ts";
import { actionWeights } from "./actions.ts";
import { Checker } from "./checker.ts";
import { Cluster } from "./cluster.ts";
import { dispatchOptions, type HandlerConfig, isSameInformer, otherConfig, randomConfig } from "./handler-config.ts";
import { FakeHandler, type HandlerRun } from "./fake-handler.ts";
import { noteExchange, noteReload } from "./reload-notes.ts";
import { Reports } from "./reports.ts";
import type { Sabotage } from "./sabotage.ts";
import { SabotagedDispatcher } from "./sabotaged-dispatcher.ts";
import { Seeded } from "./seeded.ts";
import type { Sight } from "./sight.ts";
import type { SimulatedCache } from "./simulated-cache.ts";
import { SimulatedInformer, type VersionChange } from "./simulated-informer.ts";
import { checkQuiet, checkStep } from "./standstill.ts";
import { StillClock } from "./still-clock.ts";
import type { Version } from "./version.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export class World implements Sight {
  readonly random: Seeded;
  readonly clock = new StillClock();
  readonly checker = new Checker(this);
  readonly passedLimit: number;
  readonly keys: readonly string[];
  readonly #cluster: Cluster;
  readonly informer: SimulatedInformer;
  readonly #handler: FakeHandler;
  readonly #dispatcher: SabotagedDispatcher;
  readonly #reports = new Reports(this.checker, ({ resourceVersion }) => this.#cluster.find(resourceVersion));
  readonly #weights: ReturnType<typeof actionWeights>;
  config: HandlerConfig;
  /** The version before the newest one, as an informer would hand it out. */
  readonly previous = new Map<string, RawObject>();
  paused = false;
  reloads = 0;

  constructor(seed: number, sabotage: Sabotage = {}) {
    this.random = new Seeded(seed);
    this.#cluster = new Cluster(this.random);
    this.keys = ["a", "b"].flatMap((namespace) =>
      Array.from({ length: this.random.pick([1, 2, 3, 6]) }, (_, index) => `${namespace}/${index}`),
    );
    this.#weights = actionWeights(this.random.pick([0.3, 0.5, 0.7]));
    this.passedLimit = this.random.chance(0.1) ? 3 : 10_000;
    this.config = randomConfig(this.random);
    this.informer = new SimulatedInformer(this.#cluster, this.random, this.config, (change) => this.#change(change));
    this.#handler = new FakeHandler(this.random, this.clock);
    const deps = {
      clock: this.clock,
      random: this.random.next,
      runner: { start: (run: Run) => this.#start(run) },
      cache: this.cache,
      ledger: this.#reports,
      observer: this.#reports,
    };
    const limits = { passedObjects: this.passedLimit, deadLetters: 100 };
    this.#dispatcher = new SabotagedDispatcher(deps, dispatchOptions(this.config), limits, sabotage, this);
  }

  get cache(): SimulatedCache {
    return this.informer.cache;
  }

  get now(): number {
    return this.clock.time;
  }

  get revision(): number {
    return this.#dispatcher.real.revision;
  }

  get health(): Health {
    return this.#dispatcher.real.health;
  }

  get slots(): readonly Readonly<Slot>[] {
    return [...this.#dispatcher.real.slots];
  }

  get runs(): readonly Run[] {
    return this.#handler.runs.map(({ run }) => run);
  }

  cached(key: string): Version | undefined {
    return this.cache.versions.get(key);
  }

  run(steps: number): Checker {
    this.informer.isBlind = true;
    for (const key of this.keys) if (this.random.chance(0.6)) this.informer.write(key);
    this.informer.isBlind = false;
    for (const version of this.informer.list()) this.#meet(version);
    checkStep(this.checker, this);
    for (let step = 0; step < steps && this.#isSound; step++) {
      this.cache.tick();
      this.#step();
      checkStep(this.checker, this);
    }
    if (this.#isSound) this.#quiesce();
    return this.checker;
  }

  get #isSound(): boolean {
    return this.checker.violations.length === 0;
  }

  #step(): void {
    const key = this.random.pick(this.keys);
    const action = this.random.weighted(this.#weights);
    switch (action) {
      case "write":
        return this.informer.write(key);
      case "remove":
        return this.informer.remove(key);
      case "advance":
        return this.#advance(
          this.now + this.random.pick([10, SECOND, 10 * SECOND, MINUTE, 10 * MINUTE]) * this.random.next(),
        );
      case "gap":
        this.informer.isBlind = true;
        return;
      case "relist":
        return this.informer.isBlind ? this.informer.relist() : undefined;
      case "restore":
        return this.informer.restore();
      case "resync":
        this.checker.resyncing();
        return this.#dispatcher.real.resync();
      case "reload":
        return this.#reload();
      case "crash":
        return this.#crash();
      case "mood":
        this.#handler.mood = this.random.pick(["healthy", "flaky", "broken", "deadly"] as const);
        return;
      case "replay":
        return this.#replay(key);
      case "pause":
        this.paused = !this.paused;
        return this.paused ? this.#dispatcher.real.pause() : this.#dispatcher.real.resume();
    }
  }

  #meet(version: Version): void {
    this.checker.met(version);
    this.#dispatcher.meet(this.cache.object(version));
  }

  #change({ key, before, after, last, relist, left }: VersionChange): void {
    this.checker.changed(key, { before, after, last, left });
    const object = (version: Version | undefined) => version && this.cache.object(version);
    this.#dispatcher.change({ key, before: object(before), after: object(after), last: object(last), relist, left });
    if (before) this.previous.set(key, ownedCopy(this.cache.object(before)));
  }

  #start(run: Run): void {
    this.#handler.start(run);
    const slot = this.slots.find(({ phase }) => phase.type === "running" && phase.run === run);
    this.checker.started(this.#dispatcher.seen(run), slot?.phase.type === "running" ? slot.phase.run.lane : "live");
  }

  #end({ run, end, process }: HandlerRun): void {
    if (end === "hang" || end === "crash") return this.#die(process, end === "hang" ? run : undefined);
    this.#finish(run, this.#handler.outcome(end));
  }

  #finish(run: Run, outcome: Outcome): void {
    this.#handler.forget(run);
    this.#reports.finishing(run, outcome);
    this.cache.tick();
    this.#dispatcher.finish(run, outcome);
  }

  #crash(): void {
    const { runs } = this.#handler;
    if (runs.length > 0) this.#die(this.random.pick(runs).process, undefined);
  }

  /** The process of `culprit` was killed at its deadline; without a culprit it died by itself. */
  #die(process: HandlerRun["process"], culprit: Run | undefined): void {
    const ended = this.#handler.kill(process);
    if (process.revision === this.revision) this.checker.deaths++;
    this.#dispatcher.real.processDied(process.revision);
    for (const { run } of ended) this.#finish(run, this.#handler.death(run, culprit));
  }

  #replay(key: string): void {
    const isParked = this.slots.some((slot) => slot.key === key && slot.phase.type === "parked");
    if (isParked) this.checker.replayed(key);
    this.#dispatcher.real.replay(key);
  }

  #reload(): void {
    const old = this.config;
    const config = otherConfig(old, this.random);
    const isOtherInformer = !isSameInformer(old, config);
    // A comparison of two caches cannot tell what has left a selector of the server from what is gone.
    if (isOtherInformer && old.pushDown && this.informer.isBlind) this.informer.relist();
    this.reloads++;
    noteReload(this.checker, old, config);
    this.config = config;
    if (!isOtherInformer) return this.#dispatcher.reload(dispatchOptions(config));
    const oldCache = this.informer.exchange(config);
    noteExchange(this.checker, [old, oldCache], [config, this.cache]);
    this.#dispatcher.reload(dispatchOptions(config), this.cache);
  }

  #advance(to: number): void {
    for (let turns = 0; turns < 3_000; turns++) {
      const next = this.#handler.next;
      const at = Math.min(next?.endsAt ?? Infinity, this.clock.nextAt);
      if (at > to || at === Infinity || !this.#isSound) {
        if (to !== Infinity) this.clock.time = to;
        return;
      }
      this.cache.tick();
      this.clock.time = Math.max(this.now, at);
      if (next && next.endsAt <= at) this.#end(next);
      else this.clock.ring();
      checkStep(this.checker, this);
    }
    this.checker.hold("D8", false, "never comes to rest");
  }

  /** The world stands still, every run succeeds, and the clock runs until there is nothing left to do. */
  #quiesce(): void {
    this.#handler.mood = "rest";
    this.paused = false;
    this.#dispatcher.real.resume();
    if (this.informer.isBlind) this.informer.relist();
    this.#advance(Infinity);
    if (this.#isSound) checkQuiet(this.checker, this);
  }
}
