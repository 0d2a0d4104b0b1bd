import type { LogFields, Logger } from "#observability/logger.ts";

/** Keeps what is logged, as `level message`, and the fields beside it. */
export class RecordingLogger implements Logger {
  readonly lines: string[] = [];
  readonly fields: LogFields[] = [];

  debug = (msg: string, fields?: LogFields): void => this.#record("debug", msg, fields);
  info = (msg: string, fields?: LogFields): void => this.#record("info", msg, fields);
  warn = (msg: string, fields?: LogFields): void => this.#record("warn", msg, fields);
  error = (msg: string, fields?: LogFields): void => this.#record("error", msg, fields);

  #record(level: string, msg: string, fields: LogFields = {}): void {
    this.lines.push(`${level} ${msg}`);
    this.fields.push(fields);
  }
}
