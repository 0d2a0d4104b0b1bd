import { textOf } from "#kernel/json-value.ts";
import type { LogRecord } from "#observability/logger.ts";
import { formatFields, LEVEL_STYLE, printable } from "#observability/pretty-text.ts";
import type { DevStyle } from "./dev-style.ts";

/** What belongs to a line stands under it, behind this. */
export const INDENT = "    ";

/** `14:02:11.123 pod-added <said>` */
export function recordLine({ time, fields: { handler } }: LogRecord, style: DevStyle, said: string): string {
  const who = typeof handler === "string" ? `${style.paint("cyan", printable(handler))} ` : "";
  return `${style.paint("dim", style.time(time))} ${who}${said}\n`;
}

/** A record as `--log pretty` shows it. */
export function plainLine(record: LogRecord, style: DevStyle): string {
  const { level, msg, fields, data } = record;
  const { handler: _handler, event: _event, audit: _audit, frame: _frame, stack: _stack, ...facts } = fields;
  const said = style.paint(LEVEL_STYLE[level], printable(msg));
  return recordLine(record, style, [said, ...formatFields(data ?? facts, style.paint)].join(" "));
}

/** A field that is a text, on one line. */
export function fieldText({ fields }: LogRecord, name: string): string {
  return printable(textOf(fields, name) ?? "");
}
