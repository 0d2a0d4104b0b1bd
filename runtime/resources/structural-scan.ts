/**
 * Cuts Kubernetes objects out of a reader's buffer without parsing them: finds what the cache's header needs
 * and where `managedFields` can be left out. Wire clients call it for each watch event and list item.
 * It does not validate what it steps over: a damaged `spec` is found by whoever parses the object.
 */
import { ByteLoop } from "./byte-loop.ts";
import { skipSpace, valueEnd } from "./json-bytes.ts";
import { Slot, type Walk } from "./scan-record.ts";
import type { ScannedObject } from "./scanned-object.ts";

/** One watch event. */
export interface ScannedFrame {
  /** `""` where the frame does not say. */
  readonly type: string;
  readonly object: ScannedObject;
}

/** What a list says once for all of its items. */
export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A scan that is used again and again: whatever it returned is overwritten by its next call. */
export class StructuralScan {
  readonly #walk: Walk;
  readonly #object: ObjectView;
  readonly #frame: ScannedFrame;

  constructor(walk: Walk = new ByteLoop()) {
    this.#walk = walk;
    const view = new ObjectView(walk.record);
    this.#object = view;
    this.#frame = {
      get type() {
        return view.text(Slot.type);
      },
      object: view,
    };
  }

  /**
   * The watch event `{"type":…,"object":{…}}` in `[start, end)`.
   * `undefined`: malformed or unusual. Try once more with what `normalize` makes of it.
   */
  frame(buffer: Buffer, start: number, end: number): ScannedFrame | undefined {
    if (!this.#walk.frame(buffer, start, end)) return undefined;
    this.#object.show(buffer, undefined);
    return this.#frame;
  }

  /**
   * The object in `[start, end)`; `typeMeta` is put in front if it carries neither `kind` nor `apiVersion`.
   * `undefined`: malformed or unusual. Try once more with what `normalize` makes of it.
   */
  object(buffer: Buffer, start: number, end: number, typeMeta?: TypeMeta): ScannedObject | undefined {
    if (!this.#walk.object(buffer, start, end)) return undefined;
    this.#object.show(buffer, typeMeta);
    return this.#object;
  }

  /** The offset behind the JSON value that begins at or after `start`; -1 as long as it is not complete. */
  endOfValue(buffer: Buffer, start: number, end: number): number {
    return valueEnd(buffer, skipSpace(buffer, start, end), end);
  }
}

class ObjectView implements ScannedObject {
  readonly #record: Int32Array;
  #buffer: Buffer = Buffer.alloc(0);
  #prefix: Prefix | undefined;
  #usesPrefix = false;

  constructor(record: Int32Array) {
    this.#record = record;
  }

  show(buffer: Buffer, typeMeta: TypeMeta | undefined): void {
    this.#buffer = buffer;
    this.#usesPrefix = typeMeta !== undefined && this.#wantsPrefix();
    if (typeMeta && this.#prefix?.typeMeta !== typeMeta) this.#prefix = prefixOf(typeMeta);
  }

  get apiVersion(): string {
    return this.#shownPrefix?.typeMeta.apiVersion ?? this.text(Slot.apiVersion);
  }

  get kind(): string {
    return this.#shownPrefix?.typeMeta.kind ?? this.text(Slot.kind);
  }

  get namespace(): string {
    return this.text(Slot.namespace);
  }

  get name(): string {
    return this.text(Slot.name);
  }

  get uid(): string {
    return this.text(Slot.uid);
  }

  get resourceVersion(): string {
    return this.text(Slot.resourceVersion);
  }

  get labelsText(): string {
    return this.#json(Slot.labels);
  }

  get ownerReferencesText(): string {
    return this.#json(Slot.ownerReferences);
  }

  get annotationsText(): string {
    return this.#json(Slot.annotations);
  }

  get byteLength(): number {
    const bytes = this.#end(Slot.object) - this.#start(Slot.object);
    const cut = this.#end(Slot.managedFields) - this.#start(Slot.managedFields);
    const prefix = this.#shownPrefix;
    return prefix ? bytes - cut + prefix.bytes.length - 1 : bytes - cut;
  }

  copyInto(target: Buffer, offset: number): number {
    let at = offset;
    let from = this.#start(Slot.object);
    const prefix = this.#shownPrefix;
    if (prefix) {
      at += prefix.bytes.copy(target, at);
      from++;
    }
    if (this.#end(Slot.managedFields) > 0) {
      at += this.#buffer.copy(target, at, from, this.#start(Slot.managedFields));
      from = this.#end(Slot.managedFields);
    }
    return at + this.#buffer.copy(target, at, from, this.#end(Slot.object));
  }

  /** A string, without its quotes. */
  text(slot: Slot): string {
    const end = this.#end(slot);
    if (end === 0) return "";
    const text = this.#buffer.toString("utf8", this.#start(slot) + 1, end - 1);
    if (!text.includes("\\")) return text;
    const unescaped: string = JSON.parse(`"${text}"`);
    return unescaped;
  }

  #json(slot: Slot): string {
    const end = this.#end(slot);
    return end === 0 ? "" : this.#buffer.toString("utf8", this.#start(slot), end);
  }

  get #shownPrefix(): Prefix | undefined {
    return this.#usesPrefix ? this.#prefix : undefined;
  }

  /** Members follow the prefix and its comma, hence `metadata` must be there. */
  #wantsPrefix(): boolean {
    return this.#start(Slot.apiVersion) === 0 && this.#start(Slot.kind) === 0 && this.#start(Slot.metadata) > 0;
  }

  #start(slot: Slot): number {
    return this.#record[slot] ?? 0;
  }

  #end(slot: Slot): number {
    return this.#record[slot + 1] ?? 0;
  }
}

interface Prefix {
  readonly typeMeta: TypeMeta;
  readonly bytes: Buffer;
}

/** In the order in which API servers write them. Stands for the opening brace. */
function prefixOf(typeMeta: TypeMeta): Prefix {
  const { kind, apiVersion } = typeMeta;
  return { typeMeta, bytes: Buffer.from(`${JSON.stringify({ kind, apiVersion }).slice(0, -1)},`) };
}
