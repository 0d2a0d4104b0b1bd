import { SourceMap } from "node:module";
import type { WireError } from "./protocol.ts";
import type { GuestError, Program } from "./sandbox.ts";

const FRAME = /^(\s+at (?:.*\()?)([^\s()]+):(\d+):(\d+)(\)?)$/;

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Turns places in a bundle into places in the handler's TypeScript. */
export class StackMap {
  readonly #file: string;
  readonly #map: SourceMap | undefined;

  constructor({ file, sourceMap }: Pick<Program, "file" | "sourceMap">) {
    this.#file = file;
    this.#map = sourceMap === "" ? undefined : new SourceMap(JSON.parse(sourceMap));
  }

  toGuestError({ name, message, stack, code }: WireError): GuestError {
    const places: Place[] = [];
    const lines = stack.split("\n").map((line) => this.#mapLine(line, places));
    const own = places.find(({ file }) => !file.includes("node_modules"));
    return { name, message, stack: lines.join("\n"), code, at: own };
  }

  #mapLine(line: string, places: Place[]): string {
    const match = FRAME.exec(line);
    if (!match) return line;
    const [, head = "", file = "", row = "", column = "", tail = ""] = match;
    if (file !== this.#file) return line;
    const place = this.#mapPlace({ file, line: Number(row), column: Number(column) });
    places.push(place);
    return `${head}${place.file}:${place.line}:${place.column}${tail}`;
  }

  #mapPlace(place: Place): Place {
    const entry = this.#map?.findEntry(place.line - 1, place.column - 1);
    if (!entry || !("originalSource" in entry)) return place;
    return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }
}
