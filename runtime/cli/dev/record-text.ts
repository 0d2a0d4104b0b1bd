/** What becomes of handlers and of the cluster, as text. Runs are in `run-text.ts`. */
import { numberOf, textOf, textsOf } from "#kernel/json-value.ts";
import type { LogFields, LogRecord } from "#observability/logger.ts";
import { formatBlock, formatFields, LEVEL_STYLE, printable } from "#observability/pretty-text.ts";
import { type DevStyle, duration } from "./dev-style.ts";
import { errorText } from "./error-text.ts";

/** Facts that only the log as a whole knows. */
export interface RecordContext {
  /** Since when the handler runs its present revision; `undefined`: it runs none. */
  readonly servingSince: (handler: string) => number | undefined;
}

type Say = (record: LogRecord, style: DevStyle, context: RecordContext) => string;

const INDENT = "    ";

/** `""`: there is nothing to show. */
export function recordText(record: LogRecord, style: DevStyle, context: RecordContext): string {
  if (record.data) return record.msg === "unhandled error" ? unhandledText(record, style) : plainText(record, style);
  const say = SAYINGS[record.msg];
  return say ? say(record, style, context) : plainText(record, style);
}

const SAYINGS: Readonly<Record<string, Say>> = {
  "handlers loaded": loadedText,
  "informer reading": () => "",
  stopped: () => "",
  stopping: (record, style) => line(record, style, style.paint("dim", "stopping")),
  ready: (record, style) => line(record, style, readiness(record.fields, style)),
  "handler live": (record, style) => liveText(record, style),
  "handler unchanged": (record, style) => line(record, style, "loads again, and is what runs already"),
  "handler removed": (record, style) => {
    const forgotten = numberOf(record.fields, "forgotten") ?? 0;
    return line(record, style, forgotten === 0 ? "removed" : `removed, with work for ${forgotten} objects`);
  },
  "handler renamed": (record, style) => line(record, style, `goes on under this name, before: ${text(record, "from")}`),
  "build failed": (record, style, context) =>
    line(record, style, style.paint("red", "does not load")) +
    errorText(record.fields, style, INDENT) +
    textsOf(record.fields, "others")
      .map((other) => `${INDENT}${printable(other)}\n`)
      .join("") +
    stillRunning(record, style, context),
  "handler refused": (record, style, context) =>
    line(record, style, style.paint("red", "does not start, and is tried again")) +
    errorText(record.fields, style, INDENT) +
    stillRunning(record, style, context),
  "handler degraded": (record, style, context) =>
    line(record, style, `${style.paint("yellow", "waits")}: ${text(record, "reason")}`) +
    stillRunning(record, style, context),
  "handler warning": ({ fields }, style) => `${style.paint("yellow", "warning")} ${errorText(fields, style, "")}`,
  "type error": typeErrorText,
  "more type errors": (record, style) =>
    line(record, style, `${numberOf(record.fields, "count") ?? 0} more ${style.paint("yellow", "type errors")}`),
  "types mended": (record, style) => line(record, style, style.paint("green", "no type errors any more")),
  "types not checked": (record, style) => line(record, style, `types are not checked: ${text(record, "reason")}`),
  "handler failing": (record, style) =>
    line(record, style, `${style.paint("red", "failing")}: ten runs in a row failed; ${nextTry(record)}`),
  "handler quarantined": (record, style) =>
    line(
      record,
      style,
      `${style.paint("red", "quarantined")}: its process died five times in a minute; ${nextTry(record)}`,
    ),
  "handler recovered": (record, style) => line(record, style, style.paint("green", "recovered")),
  "dead letter": (record, style) =>
    line(
      record,
      style,
      `${style.paint("red", "given up")} ${text(record, "key")}: ${attempts(record)}; its next change is told again`,
    ),
  "informer failed": (record, style) => {
    const retryInMs = numberOf(record.fields, "retryInMs") ?? 0;
    const what = `${text(record, "resource")}: ${style.paint("yellow", text(record, "reason"))}`;
    return retryInMs === 0 ? "" : line(record, style, `${what}; asked again in ${duration(retryInMs)}`);
  },
  "API server unreachable": (record, style) =>
    line(record, style, `${style.paint("red", "API server unreachable")}: ${text(record, "reason")}`),
  "API server reachable": (record, style) => line(record, style, style.paint("green", "API server reachable")),
};

function typeErrorText({ time, fields }: LogRecord, style: DevStyle): string {
  const { paint, time: timeOf } = style;
  const { code, details, reason, ...place } = fields;
  const head = `${paint("dim", timeOf(time))} ${paint("yellow", "type error")}\n`;
  const why = typeof details === "string" ? formatBlock(details, INDENT) : "";
  return head + errorText({ ...place, reason: `${String(reason)} (${String(code)})` }, style, INDENT, why);
}

/** A floating rejection or a throw in a timer: no run is at fault. */
function unhandledText(record: LogRecord, style: DevStyle): string {
  const { error: reason, stack } = record.data ?? {};
  const said = `${style.paint("red", "unhandled error")}, which changes no outcome`;
  return line(record, style, said) + errorText({ reason, stack }, style, INDENT);
}

/** As `--log pretty` does it. */
function plainText(record: LogRecord, style: DevStyle): string {
  const { level, msg, fields, data } = record;
  const { handler: _handler, event: _event, frame: _frame, stack: _stack, ...facts } = fields;
  const said = style.paint(LEVEL_STYLE[level], printable(msg));
  return line(record, style, [said, ...formatFields({ ...facts, ...data }, style.paint)].join(" "));
}

function line({ time, fields: { handler } }: LogRecord, { paint, time: timeOf }: DevStyle, said: string): string {
  const who = typeof handler === "string" ? `${paint("cyan", printable(handler))} ` : "";
  return `${paint("dim", timeOf(time))} ${who}${said}\n`;
}

function text({ fields }: LogRecord, name: string): string {
  return printable(textOf(fields, name) ?? "");
}

/** Each of them is told for itself. */
function loadedText(record: LogRecord, style: DevStyle): string {
  const { handlers, failed } = record.fields;
  if (handlers !== 0 || failed !== 0) return "";
  return line(record, style, `there is no handler yet: ${style.paint("bold", "informd new pod-added")} writes one`);
}

/** `pod-added.ts  built 18 ms · live 31 ms`: to bundle it, and from the save to the swap. */
function liveText({ time, fields }: LogRecord, { paint, time: timeOf }: DevStyle): string {
  const [file, handler] = [textOf(fields, "file") ?? "", textOf(fields, "handler") ?? ""];
  const [, entry = ""] = /(#.*)$/.exec(handler) ?? [];
  const built = numberOf(fields, "buildMs") ?? 0;
  const live = numberOf(fields, "sinceSeenMs") ?? numberOf(fields, "afterMs") ?? 0;
  const steps = [...(built === 0 ? [] : [`built ${duration(built)}`]), `${paint("green", "live")} ${duration(live)}`];
  return `${paint("dim", timeOf(time))} ${paint("cyan", `${file}${entry}`)}  ${steps.join(" · ")}\n`;
}

function readiness(fields: LogFields, { paint }: DevStyle): string {
  const counts = [
    { count: numberOf(fields, "live") ?? 0, said: "live", style: "green" },
    { count: numberOf(fields, "degraded") ?? 0, said: "waiting", style: "yellow" },
    { count: numberOf(fields, "failed") ?? 0, said: "not loaded", style: "red" },
  ] as const;
  const shown = counts.filter(({ count }, at) => at === 0 || count > 0);
  return `ready: ${shown.map(({ count, said, style }) => `${count} ${paint(style, said)}`).join(", ")}`;
}

function stillRunning({ fields }: LogRecord, style: DevStyle, { servingSince }: RecordContext): string {
  if (fields["serving"] !== true) return "";
  const since = servingSince(textOf(fields, "handler") ?? "");
  const which = since === undefined ? "the last good revision" : `the revision of ${style.time(since).slice(0, 8)}`;
  return `${INDENT}${style.paint("dim", `still running ${which}`)}\n`;
}

function attempts({ fields }: LogRecord): string {
  const count = numberOf(fields, "attempts") ?? 1;
  return count === 1 ? "it failed for good" : `it failed ${count} times`;
}

function nextTry({ fields }: LogRecord): string {
  const retryInMs = numberOf(fields, "retryInMs") ?? 0;
  return `the next try is in ${duration(retryInMs)}, or at the next save`;
}
