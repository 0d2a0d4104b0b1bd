import { SourceMap } from "node:module";
import { codeFrame } from "#kernel/code-frame.ts";
import type { WireError } from "./protocol.ts";
import type { GuestError, Program } from "./sandbox.ts";

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How V8 begins the line of a call. */
const FRAME = "\n    at ";
/** Of objects in objects: errors stand near the top, and so do their causes. */
const LOGGED_DEPTH = 6;

/** Turns places in a bundle into places in the handler's TypeScript. */
export class StackMap {
  readonly #file: string;
  readonly #frame: RegExp;
  #sourceMap: string;
  #map: SourceMap | undefined;

  constructor({ file, sourceMap }: Pick<Program, "file" | "sourceMap">) {
    this.#file = file;
    this.#frame = new RegExp(`^(\\s+at .*?)${RegExp.escape(file)}:(\\d+):(\\d+)(\\)?)$`);
    this.#sourceMap = sourceMap;
  }

  remap(sourceMap: string): void {
    if (sourceMap === this.#sourceMap) return;
    this.#sourceMap = sourceMap;
    this.#map = undefined;
  }

  toGuestError({ name, message, stack, code }: WireError): GuestError {
    const places: Place[] = [];
    const lines = stack.split("\n").map((line) => this.#mapLine(line, places));
    const own = places.find(({ file }) => !file.includes("node_modules"));
    return { name, message, stack: lines.join("\n"), code, at: own, frame: own && this.#frameAt(own) };
  }

  /** The fields of what a handler logs, which may have errors in them that it has caught. */
  mapFields(fields: object, depth = LOGGED_DEPTH): Record<string, unknown> {
    return Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, this.#mapValue(one, depth)]));
  }

  #mapValue(value: unknown, depth: number): unknown {
    if (typeof value === "string") return this.mapText(value);
    if (typeof value !== "object" || value === null || depth === 0) return value;
    return Array.isArray(value) ? value.map((one) => this.#mapValue(one, depth - 1)) : this.mapFields(value, depth - 1);
  }

  /** A text that may be a stack, as `console` shows an error. */
  mapText(text: string): string {
    if (!text.includes(FRAME)) return text;
    return text
      .split("\n")
      .map((line) => this.#mapLine(line, []))
      .join("\n");
  }

  /** Of the text that was bundled: the file may have been saved since. */
  #frameAt(place: Place): string | undefined {
    const { sources = [], sourcesContent = [] } = this.#map?.payload ?? {};
    const source: unknown = sourcesContent[sources.indexOf(place.file)];
    // `null`: what was bundled had been made by another compiler, whose map leaves the texts out.
    return typeof source === "string" ? codeFrame(source, place) || undefined : undefined;
  }

  #mapLine(line: string, places: Place[]): string {
    const match = this.#frame.exec(line);
    if (!match) return line;
    const [, head = "", row = "", column = "", tail = ""] = match;
    const place = this.#mapPlace({ file: this.#file, line: Number(row), column: Number(column) });
    places.push(place);
    return `${head}${place.file}:${place.line}:${place.column}${tail}`;
  }

  /** The map is read when it is first needed: most programs never throw. */
  #mapPlace(place: Place): Place {
    if (this.#sourceMap !== "") this.#map ??= new SourceMap(JSON.parse(this.#sourceMap));
    const entry = this.#map?.findEntry(place.line - 1, place.column - 1);
    if (!entry || !("originalSource" in entry)) return place;
    return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }
}
