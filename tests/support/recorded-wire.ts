import type { WatchSink } from "#kubernetes/list-watch.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";

/** What the tests read of an object. */
export interface RecordedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly resourceVersion: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** The object that a cache would store, parsed. */
export function recorded(object: ScannedObject): RecordedObject {
  const bytes = Buffer.alloc(object.byteLength);
  object.copyInto(bytes, 0);
  return JSON.parse(bytes.toString()) as RecordedObject;
}

/** A sink that remembers everything and resolves what waits for it. */
export class RecordingSink implements WatchSink {
  readonly lines: string[] = [];
  readonly objects: RecordedObject[] = [];
  isOpened = false;
  #waiting: { readonly wanted: (lines: readonly string[]) => boolean; readonly resolve: () => void }[] = [];

  opened(): void {
    this.isOpened = true;
  }

  event(type: string, object: ScannedObject): void {
    this.objects.push(recorded(object));
    this.#add(`${type} ${object.name}`);
  }

  bookmark(_resourceVersion: string, initialEventsEnd: boolean): void {
    this.#add(initialEventsEnd ? "BOOKMARK initial events end" : "BOOKMARK");
  }

  unknown(type: string, resourceVersion: string): void {
    this.#add(`unknown ${type} ${resourceVersion}`);
  }

  /** Resolves once the lines so far satisfy `wanted`. */
  until(wanted: (lines: readonly string[]) => boolean): Promise<void> {
    if (wanted(this.lines)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ wanted, resolve }));
  }

  #add(line: string): void {
    this.lines.push(line);
    for (const { resolve } of this.#waiting.filter(({ wanted }) => wanted(this.lines))) resolve();
    this.#waiting = this.#waiting.filter(({ wanted }) => !wanted(this.lines));
  }
}
