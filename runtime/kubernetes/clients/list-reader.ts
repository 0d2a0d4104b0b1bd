import { GrowingBuffer } from "#kernel/growing-buffer.ts";
import { isRecord, parseJson, textOf } from "#kernel/json-value.ts";
import { MalformedJsonError, normalize } from "#resources/normalize.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import type { StructuralScan, TypeMeta } from "#resources/structural-scan.ts";
import { MalformedAnswerError } from "./malformed-answer-error.ts";
import type { ListPage } from "../list-watch.ts";

const Byte = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openBracket: 0x5b,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
};

/** What the reader expects next. */
type State = "start" | "member" | "colon" | "value" | "afterValue" | "item" | "afterItem" | "end";

/** Members of the envelope that are kept; whatever else a list says is stepped over. */
const KEPT: ReadonlySet<string> = new Set(["kind", "apiVersion", "metadata"]);

/** How much more must arrive before an item that was not complete is walked again. */
const MAX_STEP_BYTES = 1024 * 1024;

export interface ListReaderOptions {
  readonly scan: StructuralScan;
  /** What items lack: a list says it once for all of them. */
  readonly typeMeta: TypeMeta;
  readonly item: (object: ScannedObject) => void;
  /** The largest item accepted, in bytes. */
  readonly limit: number;
}

/**
 * Cuts a list into items while it arrives; neither the list nor its text is ever held as a whole. The members of the
 * envelope may come in any order. Throws `MalformedAnswerError`; `finish` says whether the list was one and was complete.
 */
export class ListReader {
  readonly #options: ListReaderOptions;
  readonly #envelope = new Map<string, unknown>();
  #state: State = "start";
  #key = "";
  readonly #rest = new GrowingBuffer();
  /** Below this the rest is not looked at again: an item that spans many chunks would be walked from its start with each. */
  #enough = 0;

  constructor(options: ListReaderOptions) {
    this.#options = options;
  }

  push(chunk: Buffer): void {
    const rest = this.#rest;
    if (rest.length === 0) {
      rest.append(chunk, this.#advance(chunk, chunk.length), chunk.length);
    } else {
      rest.append(chunk, 0, chunk.length);
      if (rest.length < this.#enough) return;
      rest.drop(this.#advance(rest.bytes, rest.length));
    }
    if (rest.length > this.#options.limit) {
      throw new MalformedAnswerError(`an item is longer than ${this.#options.limit} bytes`);
    }
    this.#enough = rest.length + Math.min(rest.length, MAX_STEP_BYTES);
  }

  /** Called when the body has ended. */
  finish(): ListPage {
    this.#advance(this.#rest.bytes, this.#rest.length);
    const kind = this.#envelope.get("kind");
    if (this.#state !== "end") throw new MalformedAnswerError("the list is cut off");
    if (typeof kind !== "string" || !kind.endsWith("List")) {
      throw new MalformedAnswerError(`the answer is of kind "${String(kind)}", not a list`);
    }
    const metadata = this.#envelope.get("metadata");
    if (!isRecord(metadata)) throw new MalformedAnswerError("the list has no metadata");
    const next = textOf(metadata, "continue") ?? "";
    const { remainingItemCount: remaining } = metadata;
    return {
      type: "page",
      resourceVersion: textOf(metadata, "resourceVersion") ?? "",
      continue: next === "" ? undefined : next,
      ...(typeof remaining === "number" && { remaining }),
    };
  }

  /** Goes as far as the bytes suffice and returns how far that was. */
  #advance(buffer: Buffer, end: number): number {
    let at = 0;
    for (;;) {
      at = skipSpace(buffer, at, end);
      if (at === end) return at;
      const next = this.#step(buffer, at, end);
      if (next === undefined) return at;
      at = next;
    }
  }

  /** One token or value at `at`. Returns the offset behind it; `undefined` if it is not complete yet. */
  #step(buffer: Buffer, at: number, end: number): number | undefined {
    const byte = buffer[at];
    switch (this.#state) {
      case "start":
        return this.#expect(byte === Byte.openBrace, "member", at + 1);
      case "member":
        return byte === Byte.closeBrace ? this.#go("end", at + 1) : this.#readKey(buffer, at, end);
      case "colon":
        return this.#expect(byte === Byte.colon, "value", at + 1);
      case "value":
        if (this.#key === "items" && byte === Byte.openBracket) return this.#go("item", at + 1);
        return this.#readMember(buffer, at, end);
      case "afterValue":
        return byte === Byte.closeBrace ? this.#go("end", at + 1) : this.#expect(byte === Byte.comma, "member", at + 1);
      case "item":
        return byte === Byte.closeBracket ? this.#go("afterValue", at + 1) : this.#readItem(buffer, at, end);
      case "afterItem":
        if (byte === Byte.closeBracket) return this.#go("afterValue", at + 1);
        return this.#expect(byte === Byte.comma, "item", at + 1);
      case "end":
        break;
    }
    throw new MalformedAnswerError("text follows the list");
  }

  #readKey(buffer: Buffer, at: number, until: number): number | undefined {
    if (buffer[at] !== Byte.quote) return this.#expect(false, "colon", at);
    const end = this.#endOfValue(buffer, at, until);
    if (end === undefined) return undefined;
    this.#key = String(parseJson(buffer.toString("utf8", at, end)));
    return this.#go("colon", end);
  }

  #readMember(buffer: Buffer, at: number, until: number): number | undefined {
    const end = this.#endOfValue(buffer, at, until);
    if (end === undefined) return undefined;
    if (KEPT.has(this.#key)) this.#envelope.set(this.#key, parseJson(buffer.toString("utf8", at, end)));
    else if (this.#key === "items" && buffer.toString("latin1", at, end) !== "null") {
      throw new MalformedAnswerError('the list\'s "items" is no array');
    }
    return this.#go("afterValue", end);
  }

  #readItem(buffer: Buffer, at: number, until: number): number | undefined {
    const { scan, typeMeta } = this.#options;
    const item = scan.item(buffer, at, until, typeMeta);
    if (item) return this.#take(item.object, item.end);
    const end = this.#endOfValue(buffer, at, until);
    return end === undefined ? undefined : this.#take(this.#normalized(buffer.toString("utf8", at, end)), end);
  }

  #take(object: ScannedObject, end: number): number {
    if (object.name === "") throw new MalformedAnswerError("an item of the list has no name");
    this.#options.item(object);
    return this.#go("afterItem", end);
  }

  #normalized(text: string): ScannedObject {
    const { scan, typeMeta } = this.#options;
    try {
      const bytes = normalize(text);
      const object = scan.object(bytes, 0, bytes.length, typeMeta);
      if (object) return object;
    } catch (error) {
      if (!(error instanceof MalformedJsonError)) throw error;
    }
    throw new MalformedAnswerError("an item of the list is no Kubernetes object");
  }

  #endOfValue(buffer: Buffer, at: number, until: number): number | undefined {
    const end = this.#options.scan.endOfValue(buffer, at, until);
    return end === -1 ? undefined : end;
  }

  #expect(isThere: boolean, next: State, at: number): number {
    if (!isThere) throw new MalformedAnswerError("the list is no valid JSON");
    return this.#go(next, at);
  }

  #go(next: State, at: number): number {
    this.#state = next;
    return at;
  }
}

function skipSpace(buffer: Buffer, at: number, end: number): number {
  while (at < end && (buffer[at] ?? 0) <= 0x20) at++;
  return at;
}
