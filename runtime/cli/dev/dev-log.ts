/** What `dev` shows: the runtime's records as a log for people, with the handlers' records under their runs. */
import type { Clock } from "#kernel/clock.ts";
import { textOf } from "#kernel/json-value.ts";
import type { LogRecord, LogSink } from "#observability/logger.ts";
import type { DevStyle } from "./dev-style.ts";
import { Progress } from "./progress.ts";
import type { RecordContext } from "./record-context.ts";
import { recordText } from "./record-text.ts";
import { RunGroups } from "./run-groups.ts";
import { moreText, runningText, runText } from "./run-text.ts";
import type { Screen } from "./screen.ts";

export interface DevLogParts {
  readonly clock: Clock;
  readonly screen: Screen;
  readonly style: DevStyle;
  /** What stands above the log. */
  readonly header: (server: string) => string;
}

export class DevLog {
  readonly #parts: DevLogParts;
  readonly #runs: RunGroups;
  readonly #progress: Progress;
  /** When the present revision of each handler came to serve. */
  readonly #since = new Map<string, number>();
  /** The last failure of each handler: while it stays at its place, the source is not shown again. */
  readonly #failures = new Map<string, string>();

  /** By handler: what was told of one that is held back. */
  readonly #heldBack = new Map<string, string>();

  constructor(parts: DevLogParts) {
    const { clock, screen, style } = parts;
    this.#parts = parts;
    this.#runs = new RunGroups(clock, {
      ended: (end, logs) => this.#print(runText(end, logs, style, this.#repeats(end))),
      running: (start, logs) => this.#print(runningText(start, logs, style)),
      more: (start, log) => this.#print(moreText(start, log, style)),
    });
    this.#progress = new Progress({ clock, runs: this.#runs, show: (text) => screen.status(text) });
  }

  readonly sink: LogSink = (record) => {
    const { screen, header, style } = this.#parts;
    const { msg, fields, data } = record;
    const context = this.#contextOf(record);
    this.#note(record);
    this.#progress.see(record);
    if (this.#runs.take(record)) return;
    if (msg === "starting" && !data) return screen.print(header(textOf(fields, "server") ?? ""));
    if (msg === "stopping") screen.clear();
    this.#print(recordText(record, style, context));
  };

  /** Shows what is held back. Idempotent. */
  close(): void {
    this.#runs.close();
    this.#progress.close();
  }

  #print(text: string): void {
    const { screen, style } = this.#parts;
    if (text !== "") screen.print(style.fit(text));
  }

  #contextOf({ msg, fields }: LogRecord): RecordContext {
    const handler = textOf(fields, "handler") ?? "";
    return { servingSince: this.#since.get(handler), again: this.#heldBack.get(handler) === msg };
  }

  #note({ msg, time, fields, data }: LogRecord): void {
    const handler = textOf(fields, "handler");
    if (data || handler === undefined) return;
    if (msg === "handler failing" || msg === "handler quarantined") this.#heldBack.set(handler, msg);
    if (msg === "handler recovered" || msg === "handler live" || msg === "handler removed")
      this.#heldBack.delete(handler);
    if (msg === "handler live") this.#since.set(handler, time);
    if (msg === "handler removed") this.#since.delete(handler);
    if (msg === "handler live" || msg === "handler removed" || msg === "handler done") this.#failures.delete(handler);
  }

  #repeats({ fields }: LogRecord): boolean {
    const [handler = "", reason] = [textOf(fields, "handler"), textOf(fields, "reason")];
    if (reason === undefined) return false;
    // Reasons name objects, so that many fail at one place with as many reasons.
    const failure = [textOf(fields, "frame") ?? reason, fields["file"], fields["line"], fields["column"]].join("\n");
    const repeats = this.#failures.get(handler) === failure;
    this.#failures.set(handler, failure);
    return repeats;
  }
}
