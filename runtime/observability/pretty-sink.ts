import type { LogFields, LogRecord, LogSink } from "./logger.ts";
import { createPaint, formatBlock, formatFields, LEVEL_STYLE, type Paint, printable } from "./pretty-text.ts";

export interface PrettyOptions {
  readonly colour: boolean;
}

/** Shown on lines of their own. */
const MULTILINE_FIELDS = new Set(["frame", "stack"]);

/**
 * For people: `12:04:05.123 pod-added pod added name=web-1`; the end of a run is `12:04:05.123 pod-added live prod/web-1 failed 12 ms`.
 * Code frames and stacks follow on lines of their own.
 */
export function createPrettySink(write: (line: string) => void, { colour }: PrettyOptions): LogSink {
  const paint = createPaint(colour);
  return (record) => write(formatPretty(record, paint));
}

function formatPretty({ time, level, msg, fields, data }: LogRecord, paint: Paint): string {
  // A handler's own record: the end of its run says on which object.
  const { said, rest } = data ? { said: msg, rest: { handler: fields["handler"] } } : endOfRun(msg, fields);
  const { handler, event: _event, audit: _audit, ...others } = rest;
  const facts = Object.entries({ ...others, ...data });
  const line = [
    paint("dim", new Date(time).toISOString().slice(11, 23)),
    ...(typeof handler === "string" ? [paint("cyan", handler)] : []),
    paint(LEVEL_STYLE[level], printable(said)),
    ...formatFields(Object.fromEntries(facts.filter(([key, value]) => !isBlock(key, value))), paint),
  ];
  const blocks = facts.flatMap(([key, value]) => (isBlock(key, value) ? [formatBlock(value, "    ")] : []));
  return `${line.join(" ")}\n${blocks.join("")}`;
}

/** Records of runs have a cause, an object and a duration. */
function endOfRun(msg: string, fields: LogFields): { readonly said: string; readonly rest: LogFields } {
  const { cause, key, durationMs, ...rest } = fields;
  if (typeof cause !== "string" || typeof key !== "string" || typeof durationMs !== "number") {
    return { said: msg, rest: fields };
  }
  return { said: `${cause} ${key} ${msg.replace(/^handler /, "")} ${durationMs} ms`, rest };
}

function isBlock(key: string, value: unknown): value is string {
  return MULTILINE_FIELDS.has(key) && typeof value === "string";
}
