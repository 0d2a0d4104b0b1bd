import { ownedCopy, type RawObject } from "#resources/raw-object.ts";
import { LazyObject } from "./lazy-object.ts";
import type { Notification } from "../notification.ts";
import type { AddEvent, DeleteEvent, ResourceEventHandler, UpdateEvent } from "./resource-event.ts";

/** What an event listener has to tell its handler. */
export type Told = Notification | { readonly type: "resynced"; readonly object: RawObject };

/** The same with objects that stay valid. */
export function ownedTold(told: Told): Told {
  const object = ownedCopy(told.object);
  if (told.type === "added" || told.type === "resynced") return { ...told, object };
  return { ...told, object, old: told.old === told.object ? object : ownedCopy(told.old) };
}

/** One event in front of a handler. Its objects are parsed when they are looked at. */
export class ListenerEvent<T> implements AddEvent<T>, UpdateEvent<T>, DeleteEvent<T> {
  readonly #told: Told;
  readonly #object: LazyObject<T>;
  readonly #old: LazyObject<T>;

  constructor(told: Told) {
    this.#told = told;
    this.#object = new LazyObject<T>(told.object);
    this.#old = told.type === "updated" ? new LazyObject<T>(told.old) : this.#object;
  }

  get key(): string {
    return this.#told.object.key;
  }

  get namespace(): string {
    return this.#told.object.namespace;
  }

  get name(): string {
    return this.#told.object.name;
  }

  get object(): T {
    return this.#object.read();
  }

  get old(): T {
    return this.#old.read();
  }

  get isInInitialList(): boolean {
    return this.#told.type === "added" && this.#told.origin === "initial";
  }

  get recreated(): boolean {
    return this.#told.type === "updated" && this.#told.recreated;
  }

  get isResync(): boolean {
    return this.#told.type === "resynced";
  }

  get finalStateUnknown(): boolean {
    return this.#told.type === "deleted" && this.#told.finalStateUnknown;
  }

  /** Calls the handler, and returns what it returns. */
  tell(handler: ResourceEventHandler<T>): unknown {
    const { type } = this.#told;
    if (type === "added") return handler.onAdd?.(this);
    return type === "deleted" ? handler.onDelete?.(this) : handler.onUpdate?.(this);
  }

  /** For a handler that goes on in later ticks. */
  secure(): void {
    this.#object.secure();
    this.#old.secure();
  }

  close(): void {
    this.#object.close();
    this.#old.close();
  }
}
