import { DevLog } from "../../runtime/cli/dev/dev-log.ts";
import { createDevStyle } from "../../runtime/cli/dev/dev-style.ts";
import type { LogFields, LogLevel, LogRecord } from "#observability/logger.ts";
import { FakeClock } from "./fake-clock.ts";

/** The log of `dev`, with a clock that a test turns, and what stands on the screen. */
export class DevLogBench {
  readonly clock = new FakeClock();
  readonly printed: string[] = [];
  status = "";
  /** How often the last line was taken away. */
  cleared = 0;
  readonly log: DevLog;

  /** @param options `columns` of the terminal: none unless they are given */
  constructor({ colour = false, columns }: { readonly colour?: boolean; readonly columns?: number } = {}) {
    const style = createDevStyle({ colour, cwd: "/home/me", handlers: "/home/me/handlers", width: () => columns });
    this.log = new DevLog({
      clock: this.clock,
      screen: {
        print: (text) => void this.printed.push(text),
        status: (text) => void (this.status = text),
        clear: () => void (this.cleared += 1),
      },
      style: { ...style, time: (ms) => new Date(ms).toISOString().slice(11, 23) },
      header: (server) => `header ${server}\n`,
    });
  }

  /** What was printed since the last call, in lines. */
  lines(): string[] {
    return this.printed.splice(0).join("").split("\n").slice(0, -1);
  }

  tell(msg: string, fields: LogFields = {}, level: LogLevel = "info"): this {
    return this.#tell({ time: this.clock.now(), level, msg, fields });
  }

  /** A handler's own record. */
  say(msg: string, fields: LogFields, data: LogFields = {}, level: LogLevel = "info"): this {
    return this.#tell({ time: this.clock.now(), level, msg, fields, data });
  }

  #tell(record: LogRecord): this {
    this.log.sink(record);
    return this;
  }
}

/** The fields of a run on `default/<name>`. */
export function runOf(name: string, more: LogFields = {}): LogFields {
  const event = `uid-${name}/1/added`;
  return { handler: "pod-added", event, type: "added", cause: "live", key: `default/${name}`, attempt: 1, ...more };
}

/** What a handler's record carries of its run. */
export function originOf(name: string): LogFields {
  return { handler: "pod-added", event: `uid-${name}/1/added` };
}
