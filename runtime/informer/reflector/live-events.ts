import type { WatchEventType, WatchSink } from "#kubernetes/list-watch.ts";
import type { ScannedObject } from "#resources/scanned-object.ts";
import type { Delta } from "../queue/delta-fifo.ts";
import type { ReflectorPosition } from "./reflector-position.ts";
import type { ObjectMemory } from "./snapshot.ts";

export interface LiveEventsDeps {
  readonly memory: ObjectMemory;
  /** False if the cache did not take it: this watch is over then. */
  readonly push: (delta: Delta) => boolean;
  readonly position: ReflectorPosition;
  readonly belongs: (object: ScannedObject) => boolean;
  /** The server has accepted the watch; called for every frame. */
  readonly opened: () => void;
  readonly skipped: (reason: string) => void;
}

const DELTA_TYPES = { ADDED: "added", MODIFIED: "updated", DELETED: "deleted" } as const satisfies Record<
  WatchEventType,
  Delta["type"]
>;

/** Turns the frames of one watch into deltas. The position moves only behind what was handed over. */
export class LiveEvents implements WatchSink {
  readonly #deps: LiveEventsDeps;
  /** A watch without a position begins with the present objects in any order: their versions say nothing about its progress. */
  #isUnordered: boolean;

  constructor(deps: LiveEventsDeps) {
    this.#deps = deps;
    const { watchFrom } = deps.position;
    this.#isUnordered = watchFrom === "" || watchFrom === "0";
  }

  opened(): void {
    this.#deps.opened();
  }

  event(type: WatchEventType, scanned: ScannedObject): void {
    const { memory, push, position, belongs, opened } = this.#deps;
    opened();
    if (!belongs(scanned)) return;
    const { resourceVersion } = scanned;
    const object = memory.admit(scanned);
    if (object === undefined) return;
    if (!push({ type: DELTA_TYPES[type], object })) return;
    if (type !== "ADDED") this.#isUnordered = false;
    if (!this.#isUnordered) position.advance(resourceVersion);
  }

  bookmark(resourceVersion: string): void {
    const { push, position, opened } = this.#deps;
    opened();
    this.#isUnordered = false;
    push({ type: "bookmark", resourceVersion });
    position.advance(resourceVersion);
  }

  unknown(type: string, resourceVersion: string): void {
    const { position, opened, skipped } = this.#deps;
    opened();
    skipped(`unknown event type "${type}"`);
    position.advance(resourceVersion);
  }
}
