import type { LogFields } from "#observability/logger.ts";
import { numberOf, textOf } from "#kernel/json-value.ts";
import { formatBlock, printable } from "#observability/pretty-text.ts";
import type { DevStyle } from "./dev-style.ts";

/** What went wrong, where, the source around it, and how the code got there. From a record's `reason file line column frame stack`. */
export function errorText(fields: LogFields, style: DevStyle, indent: string): string {
  const { paint } = style;
  const reason = printable(textOf(fields, "reason") ?? "unknown");
  const place = placeText(fields, style);
  const head = place === "" ? reason : `${paint("bold", place)} ${reason}`;
  return [
    `${indent}${head}\n`,
    formatBlock(textOf(fields, "frame") ?? "", `${indent}  `),
    formatBlock(ownFrames(textOf(fields, "stack") ?? "", style), `${indent}  `),
  ].join("");
}

function placeText(fields: LogFields, style: DevStyle): string {
  const [file, line, column] = [textOf(fields, "file"), numberOf(fields, "line"), numberOf(fields, "column")];
  return file === undefined || line === undefined ? "" : `${style.file(file)}:${line}:${column ?? 1}`;
}

const FRAME = /^\s+at (?:(.*) \()?([^()\s]+):(\d+):(\d+)\)?$/;

/** Without those of packages and of the runtime. One frame says nothing that the place does not say. */
function ownFrames(stack: string, { file, paint }: DevStyle): string {
  const frames = stack.split("\n").flatMap((line) => {
    const [, name, source = "", row, column] = FRAME.exec(line) ?? [];
    if (!SOURCE.test(source) || source.includes("node_modules")) return [];
    return [`at ${name === undefined ? "" : `${name} `}(${file(source)}:${row}:${column})`];
  });
  return frames.length < 2 ? "" : paint("dim", frames.join("\n"));
}

/** Relative to the handlers directory, as the source map has it. */
const SOURCE = /^(?!node:|\/)[^:]*\.[mc]?[jt]sx?$/;
