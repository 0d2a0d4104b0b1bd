import type { DispatchOptions } from "#dispatch/dispatch-options.ts";
import { Dispatcher } from "#dispatch/dispatcher.ts";
import type { DispatchObserver, Outcome, Run } from "#dispatch/ports.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { FakeClock } from "./fake-clock.ts";
import { type ObjectFields, TickingCache } from "./ticking-cache.ts";

export const PODS = { group: "", version: "v1", plural: "pods", kind: "Pod" };
export const DEPLOYMENTS = { group: "apps", version: "v1", plural: "deployments", kind: "Deployment" };

export const DISPATCH_OPTIONS: DispatchOptions = {
  resource: PODS,
  namespaces: undefined,
  selector: { matches: () => true },
  events: ["added", "updated", "deleted", "unselected"],
  names: [],
  changed: [],
  generationChanged: false,
  concurrency: 8,
  retry: { attempts: 5, backoffMs: 1_000, maxBackoffMs: 300_000 },
  resyncMs: undefined,
  initial: "deliver",
  fieldSelector: "",
  replaysOnReload: false,
};

/** Selects the objects with this value of the label `tier`. */
export function tier(value: string): DispatchOptions["selector"] {
  return { matches: ({ tier }) => tier === value };
}

export const ERROR = { name: "Error", message: "boom", stack: "Error: boom" };

type Fields = Partial<Omit<ObjectFields, "key">>;

/** A dispatcher with a cluster of its own, a clock that stands still and a runner that only writes down what it is told. */
export class DispatchBench {
  readonly clock = new FakeClock();
  readonly observed: string[] = [];
  readonly finishedKeys: string[] = [];
  readonly dispatcher: Dispatcher;
  cache = new TickingCache();
  options: DispatchOptions;
  /** Runs in flight, oldest first. */
  runs: Run[] = [];
  #resourceVersion = 0;
  #uid = 0;

  constructor(options: Partial<DispatchOptions> = {}) {
    this.options = { ...DISPATCH_OPTIONS, ...options };
    this.dispatcher = new Dispatcher(
      {
        clock: this.clock,
        random: () => 0.5,
        runner: { start: (run) => void this.runs.push(run) },
        cache: this.cache,
        ledger: {
          finished: (key, version) => void this.finishedKeys.push(`${key}@${version?.resourceVersion ?? "none"}`),
        },
        observer: this.#observer(),
      },
      this.options,
    );
  }

  /** Puts an object into the cache that the handler is not told of by a change. */
  exists(key: string, fields: Fields = {}): RawObject {
    this.cache.tick();
    const version = this.#version(key, fields);
    this.cache.set(version);
    return this.cache.object(version);
  }

  /** The informer's first list. */
  meet(key: string, fields: Fields = {}): void {
    this.dispatcher.meet(this.exists(key, fields), "initial");
  }

  /** Creates or changes an object. Another `uid` recreates it unseen. */
  write(key: string, fields: Fields = {}, { relist = false } = {}): void {
    this.cache.tick();
    const before = this.cache.get(key);
    this.cache.set(this.#version(key, fields));
    this.dispatcher.change({ key, before, after: this.cache.get(key), last: undefined, relist });
  }

  /** Deletes an object. `missed`: its final state is not known. `left`: it only leaves a selector of the API server. */
  remove(key: string, { missed = false, left = false } = {}): void {
    this.cache.tick();
    const fields = this.cache.fields(key);
    if (!fields) throw new Error(`Cannot remove ${key}: it does not exist`);
    const before = this.cache.object(fields);
    const last = missed ? undefined : this.cache.object(this.#version(key, {}));
    this.cache.delete(key);
    this.dispatcher.change({ key, before, after: undefined, last, relist: missed, left });
  }

  /** Ends the oldest run in flight, or that of `key`. */
  finish(outcome: Outcome | Outcome["type"] = "done", key = this.runs[0]?.delivery.object.key): void {
    this.cache.tick();
    const run = this.runs.find(({ delivery }) => delivery.object.key === key);
    if (!run) throw new Error(`Cannot finish ${key}: it does not run`);
    this.runs = this.runs.filter((one) => one !== run);
    this.dispatcher.finish(run, typeof outcome === "string" ? outcomeOf(outcome) : outcome);
  }

  /** Ends runs with `done` until nothing runs, and returns what they were told. */
  drain(): string[] {
    const told: string[] = [];
    while (this.runs.length > 0) {
      told.push(...this.told.slice(0, 1));
      this.finish();
    }
    return told;
  }

  async advance(ms: number): Promise<void> {
    this.cache.tick();
    await this.clock.advance(ms);
  }

  reload(options: Partial<DispatchOptions> = {}, cache?: TickingCache): void {
    this.cache.tick();
    this.options = { ...this.options, ...options };
    if (cache) this.cache = cache;
    this.dispatcher.reload(this.options, cache);
  }

  /** What runs, as `updated a/web 1→2`. */
  get told(): string[] {
    return this.runs.map(({ delivery: { type, object, old } }) => {
      const versions = old ? `${old.resourceVersion}→${object.resourceVersion}` : object.resourceVersion;
      return `${type} ${object.key} ${versions}`;
    });
  }

  get causes(): string[] {
    return this.runs.map(({ delivery }) => delivery.cause);
  }

  get attempts(): number[] {
    return this.runs.map(({ delivery }) => delivery.attempt);
  }

  #version(key: string, fields: Fields): ObjectFields {
    const before = this.cache.fields(key);
    return {
      ...(before ?? { key, uid: `uid-${++this.#uid}` }),
      resourceVersion: `${++this.#resourceVersion}`,
      ...fields,
      key,
    };
  }

  #observer(): DispatchObserver {
    return {
      started: () => {},
      ended: (_run, outcome, verdict) => void this.observed.push(`${outcome.type}: ${verdict.type}`),
      finishedSilently: (type, { key }) => void this.observed.push(`silent ${type} ${key}`),
      deadLetter: ({ event, key, attempts }) => void this.observed.push(`dead ${event.type} ${key} after ${attempts}`),
      healthChanged: ({ type }) => void this.observed.push(type),
      forgotten: ({ key, uid }, total) => void this.observed.push(`forgotten ${key} ${uid} (${total})`),
    };
  }
}

function outcomeOf(type: Outcome["type"]): Outcome {
  return type === "done" || type === "skipped" || type === "innocent" ? { type } : { type, error: ERROR };
}
