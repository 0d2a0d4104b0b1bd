import { stripVTControlCharacters, styleText } from "node:util";
import type { LogFields, LogLevel, LogRecord, LogSink } from "./logger.ts";

export interface PrettyOptions {
  readonly colour: boolean;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const LEVEL_STYLE: Readonly<Record<LogLevel, Style>> = { debug: "dim", info: "reset", warn: "yellow", error: "red" };

/** Shown on lines of their own. */
const MULTILINE_FIELDS = new Set(["frame", "stack"]);

/**
 * For people: `12:04:05.123 pod-added pod added name=web-1`; the end of a run is `12:04:05.123 pod-added live prod/web-1 failed 12 ms`.
 * Code frames and stacks follow on lines of their own.
 */
export function createPrettySink(write: (line: string) => void, { colour }: PrettyOptions): LogSink {
  const paint: Paint = colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  return (record) => write(formatPretty(record, paint));
}

function formatPretty({ time, level, msg, fields, data }: LogRecord, paint: Paint): string {
  const { said, rest } = data ? { said: msg, rest: fields } : endOfRun(msg, fields);
  const { handler, event: _event, ...others } = rest;
  const facts = { ...others, ...data };
  const line = [
    paint("dim", new Date(time).toISOString().slice(11, 23)),
    ...(typeof handler === "string" ? [paint("cyan", handler)] : []),
    paint(LEVEL_STYLE[level], printable(said)),
    ...Object.entries(facts).flatMap(([key, value]) =>
      isBlock(key, value) ? [] : [paint("dim", `${printable(key)}=`) + formatValue(value)],
    ),
  ];
  return `${line.join(" ")}\n${formatBlocks(facts)}`;
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

function formatBlocks(facts: LogFields): string {
  return Object.entries(facts)
    .flatMap(([key, value]) =>
      isBlock(key, value) && value !== "" ? stripVTControlCharacters(value).trimEnd().split("\n") : [],
    )
    .map((line) => `    ${line}\n`)
    .join("");
}

function formatValue(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
  return /^[^\s"=]+$/.test(text) && printable(text) === text ? text : JSON.stringify(text);
}

/** Objects' names and handlers' messages must not steer the terminal. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}
