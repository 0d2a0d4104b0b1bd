import type { Slot } from "./slot.ts";

/** The slots of the resource that the handler watches now; and, of others, those whose last run has not ended yet. */
export class SlotTable {
  readonly #tables = new Map<string, Map<string, Slot>>();
  #resource: string;
  #slots: Map<string, Slot>;

  constructor(resource: string) {
    this.#resource = resource;
    this.#slots = this.#tableOf(resource);
  }

  get resource(): string {
    return this.#resource;
  }

  get size(): number {
    return this.#slots.size;
  }

  get(key: string): Slot | undefined {
    return this.#slots.get(key);
  }

  add(slot: Slot): void {
    this.#slots.set(slot.key, slot);
  }

  delete(slot: Slot): void {
    this.#tables.get(slot.resource)?.delete(slot.key);
  }

  values(): Iterable<Slot> {
    return this.#slots.values();
  }

  switchTo(resource: string): void {
    if (this.#slots.size === 0) this.#tables.delete(this.#resource);
    this.#resource = resource;
    this.#slots = this.#tableOf(resource);
  }

  #tableOf(resource: string): Map<string, Slot> {
    const table = this.#tables.get(resource) ?? new Map<string, Slot>();
    this.#tables.set(resource, table);
    return table;
  }
}
