/** Text for people at a terminal: colours, values, and nothing that steers the terminal. */
import { stripVTControlCharacters, styleText } from "node:util";
import type { LogFields, LogLevel } from "./logger.ts";

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

export function createPaint(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}

export const LEVEL_STYLE: Readonly<Record<LogLevel, Style>> = {
  debug: "dim",
  info: "reset",
  warn: "yellow",
  error: "red",
};

/** `k=v`, each. */
export function formatFields(fields: LogFields, paint: Paint): string[] {
  return Object.entries(fields).map(([key, value]) => paint("dim", `${printable(key)}=`) + formatValue(value));
}

/** Lists and objects as they are in JSON: their brackets hold them together. */
function formatValue(value: unknown): string {
  if (typeof value === "string" && /^[^\s"=]+$/.test(value) && printable(value) === value) return value;
  return (JSON.stringify(value) ?? "undefined").replace(UNESCAPED_CONTROLS, escaped);
}

/** Those that JSON leaves as they are, and what turns the direction of the text around it. */
// oxlint-disable-next-line no-control-regex
const UNESCAPED_CONTROLS = /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function escaped(control: string): string {
  return `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Several lines, each behind `indent`. */
export function formatBlock(text: string, indent: string): string {
  if (text === "") return "";
  const lines = stripVTControlCharacters(text).trimEnd().split(/\r?\n/);
  return lines.map((line) => `${indent}${printable(line)}\n`).join("");
}

/** On one line: objects' names and handlers' messages must not steer the terminal. */
export function printable(text: string): string {
  return (
    stripVTControlCharacters(text)
      .replace(UNESCAPED_CONTROLS, " ")
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f]/g, " ")
  );
}
