/** Whatever is wrong with a handler file, in one form and with one look. */
import type { Message } from "esbuild";
import { codeFrame } from "#kernel/code-frame.ts";
import type { Problem } from "./revision.ts";
import type { Place } from "./build/source-text.ts";

/** An error or a warning of esbuild. `source` is the whole text of the file that it names, if it is known. */
export function problemOfMessage(message: Message, file: string, source = ""): Problem {
  const { location } = message;
  const reason = reasonOf(message);
  if (!location) return problemOfFile(file, reason);
  const { lineText, line } = location;
  const place = { file: location.file, line, column: utf16Column(lineText, location.column) };
  // The file may have been saved since.
  const isSame = source.split(/\r?\n/)[line - 1] === lineText;
  const length = utf16Column(lineText, location.column + location.length) - place.column;
  return { ...place, reason, frame: isSame ? codeFrame(source, { ...place, length }) : "" };
}

/** A fact about the whole file. */
export function problemOfFile(file: string, reason: string): Problem {
  return { file, line: 1, column: 1, reason, frame: "" };
}

/** `source` is the whole text of the file. */
export function problemAt(place: Place, reason: string, source: string): Problem {
  return { ...place, reason, frame: codeFrame(source, place) };
}

const MISSING_IN_HANDLER_API = /^No matching export in ".*handler-api\/index\.[jt]s" for import "(.*)"$/;

const UNRESOLVED = /^Could not resolve "(.*)"$/;
const PACKAGE = /^((?:@[\w.~-]+\/)?[\w.~-]+)(\/.+)?$/;

/** esbuild speaks of output formats and of our own files, which no author of a handler has chosen. */
function reasonOf({ text }: Message): string {
  if (text.startsWith("Top-level await")) {
    return 'A handler file cannot wait while it loads: move "await" into the handler. A file that is no handler lies elsewhere, or its name begins with "_"';
  }
  const [, missing] = MISSING_IN_HANDLER_API.exec(text) ?? [];
  if (missing !== undefined) {
    return `A handler cannot import "${missing}" from "informd": it gets on, isApiError, PermanentError, RetryAfter and NotAllowedError, and types`;
  }
  const [, path] = UNRESOLVED.exec(text) ?? [];
  return path === undefined ? text : `${text}${absence(path)}`;
}

function absence(path: string): string {
  if (path.startsWith(".") || path.startsWith("/")) return ": there is no such file";
  const [, name, inside] = PACKAGE.exec(path) ?? [];
  if (name === undefined) return "";
  return inside === undefined
    ? `: it is not installed; run "npm install ${name}"`
    : `: is "${name}" installed, and does it have that file?`;
}

/** esbuild counts bytes from 0. */
function utf16Column(lineText: string, byteColumn: number): number {
  return Buffer.from(lineText).subarray(0, byteColumn).toString().length + 1;
}
