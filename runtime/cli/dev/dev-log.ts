/** What `dev` shows: the runtime's records as a log for people, with the handlers' records under their runs. */
import type { Clock } from "#kernel/clock.ts";
import { textOf } from "#kernel/json-value.ts";
import type { LogRecord, LogSink } from "#observability/logger.ts";
import type { DevStyle } from "./dev-style.ts";
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

export interface DevLog {
  readonly sink: LogSink;
  /** Shows what is held back. Idempotent. */
  close(): void;
}

export function createDevLog({ clock, screen, style, header }: DevLogParts): DevLog {
  const since = new Map<string, number>();
  const runs = new RunGroups(clock, {
    ended: (end, logs) => screen.print(runText(end, logs, style)),
    running: (start, logs) => screen.print(runningText(start, logs, style)),
    more: (start, log) => screen.print(moreText(start, log, style)),
  });
  const context = { servingSince: (handler: string) => since.get(handler) };
  return {
    sink(record) {
      if (isStart(record)) return screen.print(header(textOf(record.fields, "server") ?? ""));
      if (runs.take(record)) return;
      noteSince(since, record);
      const text = recordText(record, style, context);
      if (text !== "") screen.print(text);
    },
    close() {
      runs.close();
      screen.status("");
    },
  };
}

function isStart({ msg, data }: LogRecord): boolean {
  return msg === "starting" && data === undefined;
}

function noteSince(since: Map<string, number>, { msg, time, fields, data }: LogRecord): void {
  const handler = textOf(fields, "handler");
  if (data || handler === undefined) return;
  if (msg === "handler live") since.set(handler, time);
  if (msg === "handler removed") since.delete(handler);
}
