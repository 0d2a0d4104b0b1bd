import { fieldOf, parseJson } from "#kernel/json-value.ts";
import { MalformedJsonError, normalize } from "#resources/normalize.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import type { ScannedFrame, StructuralScan } from "#resources/structural-scan.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { WatchSink } from "../list-watch.ts";
import { MalformedAnswerError } from "./malformed-answer-error.ts";
import { statusFromObject, type StatusFailure } from "../http/status-failure.ts";

const INITIAL_EVENTS_END = "k8s.io/initial-events-end";

/** Thrown when the stream carries an ERROR event: nothing of worth comes behind it. */
export class WatchErrorEvent extends Error {
  override readonly name = "WatchErrorEvent";
  readonly failure: StatusFailure;

  constructor(failure: StatusFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Turns the bytes of a watch into calls of its sink. `push` throws `WatchErrorEvent`, `MalformedAnswerError` and `LineTooLongError`. */
export class WatchReader {
  readonly #scan: StructuralScan;
  readonly #sink: WatchSink;
  readonly #lines: LineSplitter;

  /** @param limit the longest frame accepted, in bytes */
  constructor(scan: StructuralScan, sink: WatchSink, limit: number) {
    this.#scan = scan;
    this.#sink = sink;
    this.#lines = new LineSplitter(limit, (buffer, start, end) => this.#read(buffer, start, end));
  }

  push(chunk: Buffer): void {
    this.#lines.push(chunk);
  }

  #read(buffer: Buffer, start: number, end: number): void {
    const frame = this.#scan.frame(buffer, start, end);
    if (frame) return this.#tell(frame, buffer, start, end);
    const text = buffer.toString("utf8", start, end);
    if (text.trim() === "") return;
    const bytes = normalized(text);
    const again = this.#scan.frame(bytes, 0, bytes.length);
    if (!again) throw new MalformedAnswerError("a line of the watch is no event");
    this.#tell(again, bytes, 0, bytes.length);
  }

  #tell({ type, object }: ScannedFrame, buffer: Buffer, start: number, end: number): void {
    switch (type) {
      case "ADDED":
      case "MODIFIED":
      case "DELETED":
        // The cache could not name such an object, and must not take rows for one.
        if (object.name === "" || isTable(object)) return this.#sink.unknown(type, "");
        return this.#sink.event(type, object);
      case "BOOKMARK":
        return this.#sink.bookmark(object.resourceVersion, endsInitialEvents(object));
      case "ERROR":
        throw new WatchErrorEvent(statusFromObject(fieldOf(parseJson(buffer.toString("utf8", start, end)), "object")));
      default:
        return this.#sink.unknown(type, object.resourceVersion);
    }
  }
}

function normalized(text: string): Buffer {
  try {
    return normalize(text);
  } catch (error) {
    if (error instanceof MalformedJsonError)
      throw new MalformedAnswerError("a line of the watch is no JSON", { cause: error });
    throw error;
  }
}

function isTable({ kind, apiVersion }: ScannedObject): boolean {
  return kind === "Table" && apiVersion.startsWith("meta.k8s.io/");
}

function endsInitialEvents({ annotationsText }: ScannedObject): boolean {
  return (
    annotationsText.includes(INITIAL_EVENTS_END) && fieldOf(parseJson(annotationsText), INITIAL_EVENTS_END) === "true"
  );
}
