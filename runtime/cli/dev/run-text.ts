/** The runs of handlers, as text: a line for each, and under it what the handler logged, wrote and threw. */
import { numberOf, textOf } from "#kernel/json-value.ts";
import type { LogFields, LogRecord } from "#observability/logger.ts";
import { formatFields, LEVEL_STYLE, printable } from "#observability/pretty-text.ts";
import { type DevStyle, duration } from "./dev-style.ts";
import { errorText } from "./error-text.ts";
import { INDENT } from "./record-line.ts";

/** Calls of handlers that are shown under their run. */
export const KUBE_WRITE = "kube write";
export const KUBE_REFUSAL = "kube call refused";

/**
 * `14:02:11.123 pod-added live prod/web-1 done 12 ms`, and what belongs to it.
 * @param repeats it failed as the run before: the source is on the screen already
 */
export function runText(end: LogRecord, logs: readonly LogRecord[], style: DevStyle, repeats: boolean): string {
  const { msg, fields } = end;
  const outcome = msg.replace(/^handler /, "");
  const took = `${numberOf(fields, "durationMs") ?? 0} ms`;
  const said = `${style.paint(OUTCOME_STYLE[outcome] ?? "red", outcome)} ${style.paint("dim", took)}`;
  const { frame: _frame, stack: _stack, ...short } = fields;
  const failure =
    textOf(fields, "reason") === undefined
      ? ""
      : errorText(repeats ? short : fields, style, INDENT) + nextText(end, style);
  return `${headText(end, style)} ${said}${detailText(end, style)}\n${logs.map((log) => logText(log, style)).join("")}${failure}`;
}

/** A run that takes long. */
export function runningText(start: LogRecord, logs: readonly LogRecord[], style: DevStyle): string {
  const said = style.paint("dim", "running");
  const head = headText({ ...start, time: logs.at(-1)?.time ?? start.time }, style);
  return `${head} ${said}${detailText(start, style)}\n${logs.map((log) => logText(log, style)).join("")}`;
}

/** One more record of a run that was shown as running: others may have come in between. */
export function moreText(start: LogRecord, log: LogRecord, style: DevStyle): string {
  const { handler, key } = start.fields;
  return logText(log, style, `${INDENT}${style.paint("dim", `${String(handler)} ${String(key)}`)} `);
}

const OUTCOME_STYLE: Readonly<Record<string, "green" | "dim" | "red">> = {
  done: "green",
  skipped: "dim",
  interrupted: "dim",
};

function headText({ time, fields }: LogRecord, { paint, time: timeOf }: DevStyle): string {
  const [handler, cause, key] = ["handler", "cause", "key"].map((name) => printable(textOf(fields, name) ?? ""));
  return `${paint("dim", timeOf(time))} ${paint("cyan", handler ?? "")} ${cause} ${key}`;
}

/** What the line does not tell already. */
function detailText({ fields }: LogRecord, { paint }: DevStyle): string {
  const attempt = numberOf(fields, "attempt") ?? 1;
  const shown = { ...(!tellsType(fields) && { type: fields["type"] }), ...(attempt > 1 && { attempt }) };
  return formatFields(shown, paint)
    .map((detail) => ` ${detail}`)
    .join("");
}

/** `pod-added` is told of nothing but added ones, and so is whoever is told what exists already. */
function tellsType({ handler, type, cause }: LogRecord["fields"]): boolean {
  if (cause === "initial" && type === "added") return true;
  return String(handler)
    .replace(/#.*$/, "")
    .endsWith(`-${String(type)}`);
}

/** What a handler logged, had written, or may not do. */
function logText({ level, msg, fields, data }: LogRecord, { paint }: DevStyle, indent = INDENT): string {
  if (!data) return `${indent}${callText(msg, fields, paint)}\n`;
  const mark = level === "info" ? "" : `${paint(LEVEL_STYLE[level], level)} `;
  return `${indent}${mark}${[printable(msg), ...formatFields(data, paint)].join(" ")}\n`;
}

/** `wrote: patch pods/status "a" in namespace "prod"` */
function callText(msg: string, fields: LogFields, paint: DevStyle["paint"]): string {
  const { verb, resource, result, dryRun } = fields;
  const [name, namespace] = [textOf(fields, "name"), textOf(fields, "namespace")];
  const which = name === undefined ? "" : ` "${name}"`;
  const where = namespace === undefined ? "" : ` in namespace "${namespace}"`;
  const call = printable(`${String(verb)} ${String(resource)}${which}${where}`);
  if (msg === KUBE_REFUSAL) return `${paint("red", "not allowed:")} ${call}`;
  if (result !== "ok") return `${paint("red", `not written (${printable(String(result))}):`)} ${call}`;
  return `${paint("magenta", dryRun === true ? "dry run, not kept:" : "wrote:")} ${call}`;
}

function nextText({ fields }: LogRecord, { paint }: DevStyle): string {
  const retryInMs = numberOf(fields, "retryInMs");
  // 0 while the handler is held back: the line of its health says when it is tried.
  return !retryInMs ? "" : `${INDENT}${paint("dim", `tried again in ${duration(retryInMs)}`)}\n`;
}
