import { Audience } from "#informer/listeners/audience.ts";
import { DeltaFifo } from "#informer/queue/delta-fifo.ts";
import { DeltaProcessor } from "#informer/queue/delta-processor.ts";
import { ObjectStore } from "#informer/store/object-store.ts";
import type { ResyncTarget } from "#informer/listeners/resync-schedule.ts";
import type { RawObject } from "#resources/raw-object.ts";
import { FakeClock } from "./fake-clock.ts";
import { describe } from "./informer-rig.ts";
import { pod, scanned } from "./objects.ts";

/** A queue before a cache, without a reflector. */
export class CacheRig {
  readonly clock: FakeClock;
  readonly store = new ObjectStore();
  readonly told: string[] = [];
  readonly refused: unknown[] = [];
  readonly populated: string[] = [];
  readonly deltas: DeltaFifo;
  readonly audience = new Audience((error) => void this.refused.push(error));
  /** Who is due when a relist finds unchanged objects. */
  due: readonly ResyncTarget[] = [];

  constructor(clock = new FakeClock()) {
    this.clock = clock;
    const processor = new DeltaProcessor({
      store: this.store,
      audience: this.audience,
      dueForResync: () => this.due,
      populated: (namespace) => void this.populated.push(namespace),
      refused: (error) => void this.refused.push(error),
    });
    this.deltas = new DeltaFifo(this.clock, (delta) => processor.process(delta));
    this.audience.join({ tell: (notification) => void this.told.push(describe(notification)), isGone: false });
  }

  /** `name@version`: a pod in the cache's memory. */
  object(text: string): RawObject {
    const [name = "", resourceVersion = ""] = text.split("@");
    return this.store.admit(scanned(pod({ name, resourceVersion })));
  }

  push(type: "added" | "updated" | "deleted", ...objects: readonly string[]): void {
    for (const object of objects) this.deltas.push({ type, object: this.object(object) });
  }

  replace(objects: readonly string[], resourceVersion = "100", namespace = ""): void {
    const made = objects.map((text) => this.object(text));
    this.deltas.push({ type: "replacedAll", namespace, objects: made, resourceVersion });
  }

  get cached(): string[] {
    return Array.from(this.store.values(), ({ name, resourceVersion }) => `${name}@${resourceVersion}`).sort();
  }
}

/** Names that are unlike each other: `prefix0@1`, `prefix1@1`, … */
export function many(count: number, version = "1"): string[] {
  return Array.from({ length: count }, (_, i) => `pod${i}@${version}`);
}
