import type { Clock } from "#kernel/clock.ts";
import type { LogFields, Logger, LogLevel, LogSink } from "./logger.ts";

/** The runtime's own logger. `fields` go into every record. */
export function createLogger(sink: LogSink, clock: Clock, fields: LogFields = {}): Logger {
  const log =
    (level: LogLevel) =>
    (msg: string, more: LogFields = {}) => {
      sink({ time: clock.now(), level, msg, fields: { ...fields, ...more } });
    };
  return { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
}
