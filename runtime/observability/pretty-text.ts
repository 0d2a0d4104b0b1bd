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

function formatValue(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
  return /^[^\s"=]+$/.test(text) && printable(text) === text ? text : JSON.stringify(text);
}

/** Several lines, each behind `indent`. */
export function formatBlock(text: string, indent: string): string {
  if (text === "") return "";
  const lines = stripVTControlCharacters(text).trimEnd().split("\n");
  return lines.map((line) => `${indent}${line}\n`).join("");
}

/** On one line: objects' names and handlers' messages must not steer the terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}
