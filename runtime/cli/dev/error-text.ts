import { numberOf, textOf } from "#kernel/json-value.ts";
import { textWindow } from "#kernel/text-window.ts";
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

/** A terminal would go on to the next of its own stops, which a frame that stands further in shifts. */
const TAB = "  ";

/** The line that is meant stands out. */
function frameText(frame: string, { paint, width }: DevStyle, indent: string): string {
  return cut(frame.replaceAll("\t", TAB).split("\n"), (width() ?? Infinity) - indent.length)
    .map((text) => {
      const line = formatBlock(text, indent);
      if (CARET.test(text)) return paint("red", line.trimEnd()) + "\n";
      return text.startsWith(">") || line === "" ? line : `${paint("dim", line.trimEnd())}\n`;
    })
    .join("");
}

/** As much of each line as the terminal shows without breaking it: the part in which the caret stands. */
function cut(lines: readonly string[], columns: number): readonly string[] {
  const caret = lines.find((line) => CARET.test(line)) ?? "";
  const margin = caret.indexOf("│") + 2;
  const [room, column] = [Math.max(1, columns - margin), caret.indexOf("^") - margin];
  const start = caret.length >= columns ? Math.max(0, column - Math.floor(room / 2)) : 0;
  return lines.map((line) => {
    const code = line.slice(margin);
    return line.slice(0, margin) + (line === caret ? code.slice(start, start + room) : textWindow(code, start, room));
  });
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
