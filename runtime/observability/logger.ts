export type LogLevel = "debug" | "info" | "warn" | "error";
export type LogFields = Readonly<Record<string, unknown>>;

/** Constant messages, facts in the fields. Never Secret data, tokens or a handler's environment. */
export interface Logger {
  debug(msg: string, fields?: LogFields): void;
  info(msg: string, fields?: LogFields): void;
  warn(msg: string, fields?: LogFields): void;
  error(msg: string, fields?: LogFields): void;
}

/** One record on its way to a sink. `data` holds what a handler wrote; the runtime's own facts are `fields`. */
export interface LogRecord {
  readonly time: number;
  readonly level: LogLevel;
  readonly msg: string;
  readonly fields: LogFields;
  readonly data?: LogFields;
}

export type LogSink = (record: LogRecord) => void;
