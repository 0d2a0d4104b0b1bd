import { numberOf, textOf } from "#kernel/json-value.ts";
import type { LogFields } from "#observability/logger.ts";
import { formatBlock, printable } from "#observability/pretty-text.ts";
import type { DevStyle } from "./dev-style.ts";

/** What went wrong, where, the source around it, and how the code got there. From a record's `reason file line column frame stack`. */
export function errorText(fields: LogFields, style: DevStyle, indent: string, details = ""): string {
  const { paint } = style;
  const reason = printable(textOf(fields, "reason") ?? "unknown");
  const frames = ownFrames(textOf(fields, "stack") ?? "");
  const place = placeOf(fields) ?? frames[0]?.place;
  const head = place === undefined ? reason : `${paint("bold", style.file(place))} ${reason}`;
  // One frame says nothing that the place does not say.
  const calls = frames.length < 2 ? [] : frames.map(({ name, place }) => `at ${name} (${style.file(place)})`);
  return [
    `${indent}${head}\n`,
    details,
    frameText(textOf(fields, "frame") ?? "", style, `${indent}  `),
    ...calls.map((call) => `${indent}  ${paint("dim", printable(call))}\n`),
  ].join("");
}

const CARET = /^ +│\s+\^+$/;

/** The line that is meant stands out. */
function frameText(frame: string, { paint, width }: DevStyle, indent: string): string {
  return cut(frame.split("\n"), (width() ?? Infinity) - indent.length)
    .map((text) => {
      const line = formatBlock(text, indent);
      if (CARET.test(text)) return paint("red", line.trimEnd()) + "\n";
      return text.startsWith(">") || line === "" ? line : `${paint("dim", line.trimEnd())}\n`;
    })
    .join("");
}

/** Lines that the terminal would break; not if that hid the place. */
function cut(lines: readonly string[], columns: number): readonly string[] {
  if (lines.some((line) => CARET.test(line) && line.length > columns)) return lines;
  return lines.map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line));
}

function placeOf(fields: LogFields): string | undefined {
  const [file, line, column] = [textOf(fields, "file"), numberOf(fields, "line"), numberOf(fields, "column")];
  return file === undefined || line === undefined ? undefined : printable(`${file}:${line}:${column ?? 1}`);
}

interface Frame {
  readonly name: string;
  /** `pod-added.ts:5:11`, relative to the handlers directory. */
  readonly place: string;
}

const FRAME = /^\s+at (?:(.*) \()?([^()\s]+:\d+:\d+)\)?$/;
/** Neither a package nor the runtime. */
const OWN = /^(?!node:|\/)(?!.*node_modules)[^:]*\.[mc]?[jt]sx?:/;

function ownFrames(stack: string): Frame[] {
  return stack.split("\n").flatMap((line) => {
    const [, name = "<anonymous>", place = ""] = FRAME.exec(line) ?? [];
    return OWN.test(place) ? [{ name, place }] : [];
  });
}
