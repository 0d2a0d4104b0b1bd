/**
 * Puts what handlers log under the run that logged it, although runs go on side by side: a run's records are held until it ends.
 * One that takes long is shown with what it has logged so far, and from then on as it comes.
 */
import type { Clock, Timer } from "#kernel/clock.ts";
import type { LogRecord } from "#observability/logger.ts";
import { KUBE_REFUSAL, KUBE_WRITE } from "./run-text.ts";

export interface RunPrinter {
  /** The run is over. `logs` were not shown yet. */
  ended(end: LogRecord, logs: readonly LogRecord[]): void;
  /** The run takes long. */
  running(start: LogRecord, logs: readonly LogRecord[]): void;
  /** One more record of a run that was shown already. */
  more(start: LogRecord, log: LogRecord): void;
}

interface OpenRun {
  readonly start: LogRecord;
  readonly startedAt: number;
  logs: LogRecord[];
  /** It is on the screen. */
  shown: boolean;
}

/** A run that takes longer is named at the end of the screen. */
const LONG_MS = 1000;
/** What a run has logged is shown after this time. Later than it is named: else the first runs of a start, which compete, were all told twice. */
const SHOW_AFTER_MS = 2000;
/** A run that logs more is shown at once. */
const HELD_RECORDS = 200;

export class RunGroups {
  readonly #clock: Clock;
  readonly #printer: RunPrinter;
  /** In the order of their starts. */
  readonly #runs = new Map<string, OpenRun>();
  #look: Timer | undefined;

  constructor(clock: Clock, printer: RunPrinter) {
    this.#clock = clock;
    this.#printer = printer;
  }

  /** How many run. */
  get open(): number {
    return this.#runs.size;
  }

  /** Those that take long, the oldest first. */
  get long(): readonly { readonly start: LogRecord; readonly forMs: number }[] {
    const now = this.#clock.monotonic();
    return [...this.#runs.values()]
      .map(({ start, startedAt }) => ({ start, forMs: now - startedAt }))
      .filter(({ forMs }) => forMs >= LONG_MS);
  }

  /** `false`: the record belongs to no run. */
  take(record: LogRecord): boolean {
    const id = runId(record);
    if (id === undefined) return false;
    if (record.msg === "handler started" && !record.data) return this.#start(id, record);
    const run = this.#runs.get(id);
    if (isEnd(record)) return this.#end(id, record, run);
    if (!run || !isOfRun(record)) return false;
    this.#log(run, record);
    return true;
  }

  /** Shows what is held. */
  close(): void {
    this.#look?.cancel();
    for (const run of this.#runs.values()) if (run.logs.length > 0) this.#show(run);
    this.#runs.clear();
  }

  #start(id: string, start: LogRecord): true {
    this.#runs.set(id, { start, startedAt: this.#clock.monotonic(), logs: [], shown: false });
    this.#look ??= this.#clock.setTimer(SHOW_AFTER_MS, () => this.#showLong());
    return true;
  }

  #end(id: string, end: LogRecord, run: OpenRun | undefined): true {
    this.#runs.delete(id);
    this.#printer.ended(end, run?.logs ?? []);
    return true;
  }

  #log(run: OpenRun, record: LogRecord): void {
    if (run.shown) return this.#printer.more(run.start, record);
    run.logs.push(record);
    if (run.logs.length >= HELD_RECORDS || this.#clock.monotonic() - run.startedAt >= SHOW_AFTER_MS) this.#show(run);
  }

  #show(run: OpenRun): void {
    this.#printer.running(run.start, run.logs);
    run.shown = true;
    run.logs = [];
  }

  #showLong(): void {
    this.#look = undefined;
    const now = this.#clock.monotonic();
    for (const run of this.#runs.values()) {
      const leftMs = run.startedAt + SHOW_AFTER_MS - now;
      if (leftMs > 0) return void (this.#look = this.#clock.setTimer(leftMs, () => this.#showLong()));
      if (run.logs.length > 0) this.#show(run);
    }
  }
}

function runId({ fields: { handler, event } }: LogRecord): string | undefined {
  return typeof handler === "string" && typeof event === "string" ? `${handler} ${event}` : undefined;
}

function isEnd({ fields, data }: LogRecord): boolean {
  return !data && "durationMs" in fields && "key" in fields;
}

/** What its code wrote, had written, or may not do. */
function isOfRun({ msg, data }: LogRecord): boolean {
  return data !== undefined || msg === KUBE_WRITE || msg === KUBE_REFUSAL;
}
