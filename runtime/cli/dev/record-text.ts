/** What becomes of handlers and of the cluster, as text. Runs are in `run-text.ts`. */
import { numberOf, textOf, textsOf } from "#kernel/json-value.ts";
import type { LogRecord } from "#observability/logger.ts";
import { formatBlock, printable } from "#observability/pretty-text.ts";
import { type DevStyle, duration } from "./dev-style.ts";
import { errorText } from "./error-text.ts";
import { ONE_LINERS } from "./one-liners.ts";
import type { RecordContext } from "./record-context.ts";
import { fieldText, INDENT, plainLine, recordLine } from "./record-line.ts";

/** `""`: there is nothing to show. */
export function recordText(record: LogRecord, style: DevStyle, context: RecordContext): string {
  const { msg, data } = record;
  if (data) return msg === "unhandled error" ? unhandledText(record, style) : plainLine(record, style);
  const said = ONE_LINERS.get(msg)?.(record, style.paint, context);
  if (said !== undefined) return said === "" ? "" : recordLine(record, style, said);
  return blockText(record, style, context);
}

function blockText(record: LogRecord, style: DevStyle, context: RecordContext): string {
  const { paint } = style;
  switch (record.msg) {
    case "handler live":
      return liveText(record, style);
    case "build failed": {
      const others = textsOf(record.fields, "others").map((other) => `${INDENT}${printable(style.file(other))}\n`);
      return failureText(paint("red", "does not load"), others.join(""), record, style, context);
    }
    case "handler refused":
      return failureText(paint("red", "does not start, and is tried again"), "", record, style, context);
    case "handler degraded":
      return (
        recordLine(record, style, `${paint("yellow", "waits")}: ${fieldText(record, "reason")}`) +
        stillRunning(record, style, context)
      );
    case "handler warning":
      return recordLine(record, style, paint("yellow", "warning")) + errorText(record.fields, style, INDENT);
    case "type error":
      return typeErrorText(record, style);
    default:
      return plainLine(record, style);
  }
}

/** `pod-added.ts  built 18 ms · live 31 ms`: until it was built, and from the save to the swap. */
function liveText({ time, fields }: LogRecord, { paint, time: timeOf }: DevStyle): string {
  const [, entry = ""] = /(#.*)$/.exec(textOf(fields, "handler") ?? "") ?? [];
  const name = paint("cyan", printable(`${textOf(fields, "file") ?? ""}${entry}`));
  const [built, live] = [numberOf(fields, "buildMs") ?? 0, numberOf(fields, "sinceSeenMs") ?? 0];
  return `${paint("dim", timeOf(time))} ${name}  built ${duration(built)} · ${paint("green", "live")} ${duration(live)}\n`;
}

function failureText(said: string, others: string, record: LogRecord, style: DevStyle, context: RecordContext): string {
  const error = errorText(record.fields, style, INDENT);
  return `${recordLine(record, style, said)}${error}${others}${stillRunning(record, style, context)}`;
}

function stillRunning({ fields }: LogRecord, style: DevStyle, { servingSince }: RecordContext): string {
  if (fields["serving"] !== true) return "";
  const time = servingSince === undefined ? "" : style.time(servingSince).slice(0, 8);
  const which = time === "" ? "the last good revision" : `the revision of ${time}`;
  return `${INDENT}${style.paint("dim", `still running ${which}`)}\n`;
}

function typeErrorText(record: LogRecord, style: DevStyle): string {
  const { code, details, reason, ...place } = record.fields;
  const why = typeof details === "string" ? formatBlock(details, INDENT) : "";
  const error = errorText({ ...place, reason: `${String(reason)} (${String(code)})` }, style, INDENT, why);
  return recordLine(record, style, style.paint("yellow", "type error")) + error;
}

/** A floating rejection or a throw in a timer: no run is at fault. */
function unhandledText(record: LogRecord, style: DevStyle): string {
  const { error: reason, ...where } = record.data ?? {};
  const said = `${style.paint("red", "unhandled error")}, which changes no outcome`;
  return recordLine(record, style, said) + errorText({ reason, ...where }, style, INDENT);
}
