/**
 * Applies deltas to the cache and tells what changed (client-go: `processDeltas` in controller.go).
 * The cache decides what a delta means, and it is up to date before anybody is told. Objects that left the cache stay
 * readable until everybody was told. The delta FIFO calls it.
 */
import type { RawObject } from "#resources/raw-object.ts";
import type { Audience, Member } from "./audience.ts";
import type { Delta } from "./delta-fifo.ts";
import type { Origin } from "./notification.ts";
import type { ObjectStore } from "./object-store.ts";
import type { ResyncTarget } from "./resync-schedule.ts";

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

  *#replaceAll({
    namespace,
    objects,
    resourceVersion,
  }: Extract<Delta, { type: "replacedAll" }>): Generator<void, void> {
    const { store, audience } = this.#deps;
    const origin = this.#populated.has(namespace) ? "relist" : "initial";
    const difference = compare(store, namespace, objects);
    try {
      store.replaceAll(difference.next);
    } catch (error) {
      this.#refuse(
        difference.put.map(({ object }) => object),
        error,
      );
      return;
    }
    store.resourceVersion = resourceVersion;
    for (const object of difference.spare) store.discard(object);
    const { members } = audience;

    for (const old of difference.gone) {
      audience.tell(members, { type: "deleted", old, object: old, origin: "relist", finalStateUnknown: true });
      store.retire(old);
      yield;
    }
    for (const { old, object } of difference.put) {
      this.#tellPut(members, old, object, origin);
      yield;
    }
    if (difference.same.length > 0) yield* tellAgain(difference.same, this.#deps.dueForResync());
    this.#populated.add(namespace);
    if (origin === "initial") this.#deps.populated(namespace);
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

interface Difference {
  /** What the cache shall hold: unchanged objects stay the ones it has. */
  readonly next: RawObject[];
  readonly gone: RawObject[];
  readonly put: { readonly old: RawObject | undefined; readonly object: RawObject }[];
  readonly same: RawObject[];
  /** Second copies of what is the same. */
  readonly spare: RawObject[];
}

function compare(store: ObjectStore, namespace: string, objects: readonly RawObject[]): Difference {
  const difference: Difference = { next: [], gone: [], put: [], same: [], spare: [] };
  const listed = new Set<string>();
  for (const object of objects) {
    const old = store.get(object.key);
    listed.add(object.key);
    if (old && isSameVersion(old, object)) {
      difference.next.push(old);
      difference.same.push(old);
      difference.spare.push(object);
    } else {
      difference.next.push(object);
      difference.put.push({ old, object });
    }
  }
  for (const object of store.values()) {
    if (listed.has(object.key)) continue;
    const isCovered = namespace === "" || object.namespace === namespace;
    (isCovered ? difference.gone : difference.next).push(object);
  }
  return difference;
}

/** Without a version nothing can be said. */
function isSameVersion(a: RawObject, b: RawObject): boolean {
  return a.resourceVersion !== "" && a.resourceVersion === b.resourceVersion && a.uid === b.uid;
}

function* tellAgain(objects: Iterable<RawObject>, targets: readonly ResyncTarget[]): Generator<void, void> {
  if (targets.length === 0) return;
  for (const object of objects) {
    for (const target of targets) target.resynced(object);
    yield;
  }
}
