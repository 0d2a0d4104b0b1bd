/** Whatever is wrong with a handler file, in one form and with one look. */
import { formatMessages } from "esbuild";
import type { Message, PartialMessage } from "esbuild";
import type { Problem } from "./revision.ts";
import type { Place } from "./source-text.ts";

/** An error or a warning of esbuild. */
export async function problemOfMessage(message: Message, kind: "error" | "warning", file: string): Promise<Problem> {
  const { location } = message;
  const reason = reasonOf(message);
  return {
    file: location?.file ?? file,
    line: location?.line ?? 1,
    column: location ? utf16Column(location.lineText, location.column) : 1,
    reason,
    frame: location ? await frameOf({ ...message, text: reason }, kind) : "",
  };
}

/** A fact about the whole file. */
export function problemOfFile(file: string, reason: string): Problem {
  return { file, line: 1, column: 1, reason, frame: "" };
}

/** `source` is the whole text of the file. */
export async function problemAt(
  place: Place,
  reason: string,
  source: string,
  kind: "error" | "warning" = "error",
): Promise<Problem> {
  const lineText = source.split(/\r?\n/)[place.line - 1];
  if (lineText === undefined) return { ...place, reason, frame: "" };
  const column = Buffer.byteLength(lineText.slice(0, place.column - 1));
  const message = { text: reason, location: { file: place.file, line: place.line, column, lineText } };
  return { ...place, reason, frame: await frameOf(message, kind) };
}

const MISSING_IN_HANDLER_API = /^No matching export in ".*handler-api\/index\.[jt]s" for import "(.*)"$/;

/** esbuild speaks of output formats and of our own files, which no author of a handler has chosen. */
function reasonOf({ text }: Message): string {
  if (text.startsWith("Top-level await")) {
    return 'A handler file cannot wait while it loads: move "await" into the handler. A file that is no handler lies elsewhere, or its name begins with "_"';
  }
  const [, missing] = MISSING_IN_HANDLER_API.exec(text) ?? [];
  if (missing === undefined) return text;
  return `A handler cannot import "${missing}" from "informd": it gets on, PermanentError, RetryAfter and NotAllowedError, and types`;
}

/** Of esbuild's text only the source is shown: its headline repeats the reason, with columns from 0. */
const SOURCE_LINE = /^ +(\d+ )?[│╵]/;

async function frameOf(message: PartialMessage, kind: "error" | "warning"): Promise<string> {
  const [text = ""] = await formatMessages([message], { kind, color: false });
  const lines = text.split("\n").filter((line) => SOURCE_LINE.test(line));
  return lines.join("\n");
}

/** esbuild counts bytes from 0. */
function utf16Column(lineText: string, byteColumn: number): number {
  return Buffer.from(lineText).subarray(0, byteColumn).toString().length + 1;
}
