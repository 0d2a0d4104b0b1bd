import { fieldOf, textOf } from "#kernel/json-value.ts";
import type { ResponseStream } from "../http/interceptor.ts";
import type { WatchEvent } from "../operations/api-operations.ts";
import { finish } from "./finish.ts";
import type { WatchFault } from "./fault.ts";

/** A watch with one fault at one of its events. */
export class WatchFaultStream implements ResponseStream {
  readonly #fault: WatchFault;
  readonly #stream: ResponseStream;
  /** Events that still go by before the fault. */
  #eventsLeft: number;
  #state: "before" | "during" | "over" = "before";

  constructor(fault: WatchFault, stream: ResponseStream) {
    this.#fault = fault;
    this.#stream = stream;
    this.#eventsLeft = fault.afterEvents ?? 0;
  }

  write(bytes: Uint8Array, event?: WatchEvent): void {
    if (this.#state === "over" || !event) return;
    if (this.#state === "before" && !this.#isDue(event)) return this.#stream.write(bytes, event);
    this.#state = "during";
    this.#apply(Buffer.from(bytes), event);
  }

  end(): void {
    if (this.#state !== "over") this.#stream.end();
  }

  hangUp(reset: boolean): void {
    this.#stream.hangUp(reset);
  }

  #isDue(event: WatchEvent): boolean {
    if (this.#fault.type === "noInitialEventsEnd") return isInitialEventsEnd(event);
    if (event.type === "BOOKMARK") return false;
    return this.#eventsLeft-- <= 0;
  }

  #apply(line: Buffer, event: WatchEvent): void {
    const fault = this.#fault;
    switch (fault.type) {
      case "stop":
        if (fault.midLine) this.#stream.write(line.subarray(0, line.length >> 1), event);
        return this.#finish(fault.how);
      case "error":
        this.#writeLine(errorEvent(fault));
        return this.#finish("end");
      case "line":
        return this.#insert(fault.text, line, event);
      case "bookmarkAhead":
        return this.#insert(bookmarkAhead(event, fault.revisions), line, event);
      case "skip":
      case "noInitialEventsEnd":
        return this.#becomeHarmless();
      case "duplicate":
        this.#stream.write(line, event);
        this.#stream.write(line, event);
        return this.#becomeHarmless();
      case "backwards":
        this.#stream.write(line, event);
        this.#writeLine(withRevision(event, "1"));
        return this.#becomeHarmless();
      case "noNewline":
        this.#stream.write(line.subarray(0, -1), event);
        return this.#finish("end");
      case "crlf":
        return this.#stream.write(Buffer.concat([line.subarray(0, -1), Buffer.from("\r\n\r\n")]), event);
      case "bookmarksOnly":
        return event.type === "BOOKMARK" ? this.#stream.write(line, event) : undefined;
    }
  }

  #insert(text: string, line: Buffer, event: WatchEvent): void {
    this.#writeLine(text);
    this.#stream.write(line, event);
    this.#becomeHarmless();
  }

  #becomeHarmless(): void {
    this.#state = "before";
    this.#eventsLeft = Infinity;
  }

  #finish(how: Parameters<typeof finish>[1]): void {
    this.#state = "over";
    finish(this.#stream, how);
  }

  #writeLine(text: string): void {
    this.#stream.write(Buffer.from(`${text}\n`));
  }
}

function isInitialEventsEnd({ object }: WatchEvent): boolean {
  const annotations = fieldOf(fieldOf(object, "metadata"), "annotations");
  return textOf(annotations, "k8s.io/initial-events-end") === "true";
}

function errorEvent({ code, reason, message }: Extract<WatchFault, { type: "error" }>): string {
  const status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
  return JSON.stringify({ type: "ERROR", object: status });
}

function withRevision({ type, object }: WatchEvent, resourceVersion: string): string {
  const metadata = { ...Object(fieldOf(object, "metadata")), resourceVersion };
  return JSON.stringify({ type, object: { ...object, metadata } });
}

function bookmarkAhead({ object }: WatchEvent, revisions: number): string {
  const revision = Number(textOf(fieldOf(object, "metadata"), "resourceVersion")) + revisions;
  const { apiVersion, kind } = { apiVersion: textOf(object, "apiVersion"), kind: textOf(object, "kind") };
  const metadata = { resourceVersion: String(revision) };
  return JSON.stringify({ type: "BOOKMARK", object: { apiVersion, kind, metadata } });
}
