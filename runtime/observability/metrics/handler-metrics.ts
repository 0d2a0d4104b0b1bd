import { Counter, Histogram, type Registry } from "prom-client";

/** How a run ended, as product and documents name it. */
export type RunOutcome = "done" | "skipped" | "failed" | "timed_out" | "crashed" | "dead";

/** From a handler that only reads a cache to one that waits for its timeout. Seconds. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const LAG_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600];

interface Families {
  readonly events: Counter<"handler" | "outcome" | "cause">;
  readonly duration: Histogram<"handler">;
  readonly lag: Histogram<"handler">;
  readonly retries: Counter<"handler">;
  readonly deadLetters: Counter<"handler">;
  readonly objectsForgotten: Counter<"handler">;
}

/** What is counted and measured of handlers' runs. */
export class HandlerMetrics {
  readonly #families: Families;
  readonly #series = new Map<string, HandlerSeries>();

  constructor(registry: Registry) {
    const registers = [registry];
    const labelNames = ["handler"] as const;
    const counter = (name: string, help: string) => new Counter({ name, help, labelNames, registers });
    this.#families = {
      events: new Counter({
        name: "informd_handler_events_total",
        help: "Runs that ended, by how they ended and why there was an event. A run that ends as a dead letter counts as dead only.",
        labelNames: ["handler", "outcome", "cause"],
        registers,
      }),
      duration: new Histogram({
        name: "informd_handler_duration_seconds",
        help: "How long runs took.",
        labelNames,
        buckets: DURATION_BUCKETS,
        registers,
      }),
      lag: new Histogram({
        name: "informd_handler_lag_seconds",
        help: "From when the cache showed a change until the first run for it began.",
        labelNames,
        buckets: LAG_BUCKETS,
        registers,
      }),
      retries: counter("informd_handler_retries_total", "Runs that are tried again because they failed."),
      deadLetters: counter("informd_handler_dead_letters_total", "Events that were given up."),
      objectsForgotten: counter(
        "informd_handler_objects_forgotten_total",
        "Objects that came and went untold, and are not told any more because there were too many of them.",
      ),
    };
  }

  /** The series of a handler, which begin at zero. */
  add(handler: string): void {
    if (!this.#series.has(handler)) this.#series.set(handler, new HandlerSeries(this.#families, handler));
  }

  /** `undefined`: there is no such handler any more. */
  get(handler: string): HandlerSeries | undefined {
    return this.#series.get(handler);
  }

  remove(handler: string): void {
    this.#series.get(handler)?.remove();
    this.#series.delete(handler);
  }
}

/** One handler's. The hot path: nothing is looked up by label here that was there before. */
export class HandlerSeries {
  readonly #families: Families;
  readonly #handler: string;
  readonly #events = new Map<string, Counter.Internal>();
  readonly #ends: { readonly outcome: RunOutcome; readonly cause: string }[] = [];
  readonly #duration: Histogram.Internal<"handler">;
  readonly #lag: Histogram.Internal<"handler">;
  readonly #retries: Counter.Internal;
  readonly #deadLetters: Counter.Internal;
  readonly #objectsForgotten: Counter.Internal;

  constructor(families: Families, handler: string) {
    this.#families = families;
    this.#handler = handler;
    this.#duration = families.duration.labels(handler);
    this.#lag = families.lag.labels(handler);
    families.duration.zero({ handler });
    families.lag.zero({ handler });
    this.#retries = atZero(families.retries.labels(handler));
    this.#deadLetters = atZero(families.deadLetters.labels(handler));
    this.#objectsForgotten = atZero(families.objectsForgotten.labels(handler));
  }

  /** The first run for a change began so long after the cache had shown it. */
  began(lagMs: number): void {
    this.#lag.observe(Math.max(0, lagMs) / 1000);
  }

  ended(outcome: RunOutcome, cause: string, durationMs: number): void {
    this.#duration.observe(durationMs / 1000);
    const key = `${outcome} ${cause}`;
    (this.#events.get(key) ?? this.#addEnd(key, outcome, cause)).inc();
  }

  retried(): void {
    this.#retries.inc();
  }

  deadLetter(): void {
    this.#deadLetters.inc();
  }

  objectForgotten(): void {
    this.#objectsForgotten.inc();
  }

  remove(): void {
    const { events, duration, lag, retries, deadLetters, objectsForgotten } = this.#families;
    for (const { outcome, cause } of this.#ends) events.remove(this.#handler, outcome, cause);
    for (const family of [duration, lag, retries, deadLetters, objectsForgotten]) family.remove(this.#handler);
  }

  #addEnd(key: string, outcome: RunOutcome, cause: string): Counter.Internal {
    const counter = this.#families.events.labels(this.#handler, outcome, cause);
    this.#events.set(key, counter);
    this.#ends.push({ outcome, cause });
    return counter;
  }
}

/** So that the first count is seen as an increase. */
function atZero(counter: Counter.Internal): Counter.Internal {
  counter.inc(0);
  return counter;
}
