/**
 * Writes what is recorded as core/v1 Events. Promises to return at once, to count repeats in one Event, and to stay small:
 * bounded memory, a bounded queue, one request at a time. What cannot be written is dropped, and said once in the log.
 * The composition root makes one.
 */
import { type Clock, sleep } from "#kernel/clock.ts";
import type { Logger } from "#observability/logger.ts";
import { describeFailure } from "../describe-failure.ts";
import type { EventRecorder, RecordedEvent } from "../event-recorder.ts";
import type { RequestFailure } from "../request-failure.ts";
import { EventCorrelator, type EventSeries } from "./event-correlator.ts";
import { eventName } from "./event-name.ts";
import { eventNamespace } from "./event-object.ts";
import { type EventWriterDeps, writeEvent } from "./event-writer.ts";

export interface ClusterEventRecorderDeps extends EventWriterDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface ClusterEventRecorderOptions {
  /** The API server's URL, for messages. */
  readonly server: string;
  /** Which runtime says it: its pod or host. */
  readonly instance: string;
  /** Nothing is sent: in a dry run, or where nobody asked for it. @default false */
  readonly silent?: boolean;
}

/** client-go: `maxQueuedEvents` of tools/record/event.go. Repeats of what waits take no room. */
const MAX_WAITING = 1_000;

export class ClusterEventRecorder implements EventRecorder {
  readonly #deps: ClusterEventRecorderDeps;
  readonly #options: ClusterEventRecorderOptions;
  readonly #correlator: EventCorrelator;
  readonly #waiting = new Set<EventSeries>();
  readonly #aborted = new AbortController();
  /** Failures that were told and not mended since. */
  readonly #told = new Set<string>();
  #sending: Promise<void> | undefined;
  #isClosed = false;

  constructor(deps: ClusterEventRecorderDeps, options: ClusterEventRecorderOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#correlator = new EventCorrelator(({ regarding }) => eventName(regarding, deps.clock.now(), deps.random()));
  }

  record(event: RecordedEvent): void {
    if (this.#isClosed || this.#options.silent) return;
    const { clock } = this.#deps;
    const { series, maySend } = this.#correlator.add(event, { now: clock.now(), monotonicMs: clock.monotonic() });
    if (!maySend) return;
    if (this.#waiting.size >= MAX_WAITING && !this.#waiting.has(series)) {
      return this.#tell(
        "queue",
        event,
        `Cannot queue Events: more than ${MAX_WAITING} Events wait for the API server.`,
      );
    }
    this.#waiting.add(series);
    this.#sending ??= this.#sendAll();
  }

  /** Takes no more, and waits at most `graceMs` for what is on its way. Idempotent. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    const waited = new AbortController();
    const grace = sleep(this.#deps.clock, graceMs, waited.signal).catch(() => {});
    await Promise.race([this.#sending, grace]);
    waited.abort();
    this.#aborted.abort();
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    const { signal } = this.#aborted;
    // Whoever records goes on first.
    await Promise.resolve();
    for (const series of this.#waiting) {
      if (signal.aborted) break;
      // First: what is recorded while it is sent must be sent again.
      this.#waiting.delete(series);
      await this.#send(series, signal);
    }
    this.#sending = undefined;
  }

  async #send(series: EventSeries, signal: AbortSignal): Promise<void> {
    try {
      const written = await writeEvent(this.#deps, series, this.#options.instance, signal);
      if (written.type === "written") return this.#told.clear();
      const { verb, failure } = written;
      const action = `${verb} events in namespace "${eventNamespace(series.event)}"`;
      const reason = describeFailure(failure, { server: this.#options.server, action });
      this.#tell(`${action} ${codeOf(failure)}`, series.event, reason);
    } catch (error) {
      if (!signal.aborted) this.#tell("defect", series.event, String(error));
    }
  }

  /** Once per kind of failure until one is written: a cluster that takes no Events must not fill the log. */
  #tell(kind: string, event: RecordedEvent, reason: string): void {
    if (this.#told.has(kind)) return;
    this.#told.add(kind);
    this.#deps.logger.warn("events not written", { namespace: eventNamespace(event), reason });
  }
}

function codeOf(failure: RequestFailure): string {
  return failure.type === "status" ? String(failure.code) : failure.type;
}
