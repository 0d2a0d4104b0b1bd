import { SourceMap } from "node:module";
import { codeFrame } from "#kernel/code-frame.ts";
import type { WireError } from "./protocol.ts";
import type { GuestError, Program } from "./sandbox.ts";

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

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
