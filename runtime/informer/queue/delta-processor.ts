/**
 * Applies deltas to the cache and tells what changed (client-go: `processDeltas` in controller.go).
 * The cache decides what a delta means, and it is up to date before anybody is told. Objects that left the cache stay
 * readable until everybody was told. The delta FIFO calls it.
 */
import type { RawObject } from "#resources/raw-object.ts";
import type { Audience, Member } from "../listeners/audience.ts";
import type { Delta } from "./delta-fifo.ts";
import type { Origin } from "../notification.ts";
import type { ObjectStore } from "../store/object-store.ts";
import { isSameVersion, Replacement, type ReplacedAll } from "./replacement.ts";
import type { ResyncTarget } from "../listeners/resync-schedule.ts";

export interface DeltaProcessorDeps {
  readonly store: ObjectStore;
  readonly audience: Audience;
  /** Who wants to be told unchanged objects of a relist. */
  readonly dueForResync: () => readonly ResyncTarget[];
  /** The first complete state of `namespace` is in the cache, and everybody was told. */
  readonly populated: (namespace: string) => void;
  /** The cache did not take an object or a state. It is as it was before. */
  readonly refused: (error: unknown) => void;
}

export class DeltaProcessor {
  readonly #deps: DeltaProcessorDeps;
  readonly #populated = new Set<string>();

  constructor(deps: DeltaProcessorDeps) {
    this.#deps = deps;
  }

  /** Each `yield` is a place where the rest may wait; the next delta must wait for all of it. */
  *process(delta: Delta): Generator<void, void> {
    switch (delta.type) {
      case "added":
      case "updated":
        this.#upsert(delta.object);
        break;
      case "deleted":
        this.#delete(delta.object);
        break;
      case "replacedAll":
        yield* this.#replaceAll(delta);
        break;
      case "syncAll":
        yield* tellAgain(this.#deps.store.values(), delta.targets);
        break;
      case "bookmark":
        this.#deps.store.resourceVersion = delta.resourceVersion;
        break;
      case "joined":
        yield* this.#admit(delta.member);
        delta.told();
        break;
      case "survey":
        yield* delta.steps();
    }
  }

  #upsert(object: RawObject): void {
    const { store } = this.#deps;
    const current = store.get(object.key);
    if (current && isSameVersion(current, object)) return store.discard(object);
    try {
      store.put(object);
    } catch (error) {
      return this.#refuse([object], error);
    }
    this.#tellPut(this.#deps.audience.members, current, object, "watch");
  }

  #delete(object: RawObject): void {
    const { store, audience } = this.#deps;
    let old: RawObject | undefined;
    try {
      old = store.remove(object.key);
    } catch (error) {
      return this.#refuse([object], error);
    }
    store.resourceVersion = object.resourceVersion;
    if (old) {
      audience.tell(audience.members, { type: "deleted", old, object, origin: "watch", finalStateUnknown: false });
      store.retire(old);
    }
    store.discard(object);
  }

  *#replaceAll(delta: ReplacedAll): Generator<void, void> {
    const { store, audience } = this.#deps;
    const origin = this.#populated.has(delta.namespace) ? "relist" : "initial";
    const replacement = new Replacement(store, delta);
    try {
      yield* replacement.prepare();
    } catch (error) {
      this.#refuse(replacement.unused(), error);
      return;
    }
    replacement.publish();
    const { members } = audience;

    for (const old of replacement.gone) {
      audience.tell(members, { type: "deleted", old, object: old, origin: "relist", finalStateUnknown: true });
      store.retire(old);
      yield;
    }
    for (const { old, object } of replacement.put) {
      this.#tellPut(members, old, object, origin);
      yield;
    }
    if (replacement.same.length > 0) yield* tellAgain(replacement.same, this.#deps.dueForResync());
    this.#populated.add(delta.namespace);
    if (origin === "initial") this.#deps.populated(delta.namespace);
  }

  *#admit(member: Member): Generator<void, void> {
    const { store, audience } = this.#deps;
    for (const object of store.values()) {
      audience.tell([member], { type: "added", object, origin: "initial" });
      yield;
    }
    audience.join(member);
  }

  #tellPut(members: readonly Member[], old: RawObject | undefined, object: RawObject, origin: Origin): void {
    const { store, audience } = this.#deps;
    if (old === undefined) return audience.tell(members, { type: "added", object, origin });
    const recreated = old.uid !== object.uid;
    audience.tell(members, {
      type: "updated",
      old,
      object,
      origin: origin === "watch" ? "watch" : "relist",
      recreated,
    });
    store.retire(old);
  }

  #refuse(objects: readonly RawObject[], error: unknown): void {
    for (const object of objects) this.#deps.store.discard(object);
    this.#deps.refused(error);
  }
}

function* tellAgain(objects: Iterable<RawObject>, targets: readonly ResyncTarget[]): Generator<void, void> {
  if (targets.length === 0) return;
  for (const object of objects) {
    for (const target of targets) target.resynced(object);
    yield;
  }
}
