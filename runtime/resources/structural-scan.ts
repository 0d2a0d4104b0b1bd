/**
 * Cuts Kubernetes objects out of a reader's buffer without parsing them: finds what the cache's header needs
 * and where `managedFields` can be left out. Wire clients call it for each watch event and list item.
 * It does not validate what it steps over: a damaged `spec` is found by whoever parses the object.
 */
import { ByteLoop } from "./byte-loop.ts";
import { Byte, skipSpace, valueEnd } from "./json-bytes.ts";
import { Slot, type Walk } from "./scan-record.ts";
import type { ScannedObject } from "./scanned-object.ts";

const LAST_ASCII = 0x7f;

/** One watch event. */
export interface ScannedFrame {
  /** `""` where the frame does not say. */
  readonly type: string;
  readonly object: ScannedObject;
}

/** One item of a list. */
export interface ScannedItem {
  readonly object: ScannedObject;
  /** The offset behind it. */
  readonly end: number;
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
  readonly #item: ScannedItem;

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
    this.#item = {
      get end() {
        return view.end(Slot.object);
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
    const item = this.item(buffer, start, end, typeMeta);
    return item && skipSpace(buffer, item.end, end) === end ? item.object : undefined;
  }

  /**
   * Like `object`, whatever follows the object before `end`.
   * `undefined` also if the object is not complete yet: `endOfValue` tells.
   */
  item(buffer: Buffer, start: number, end: number, typeMeta?: TypeMeta): ScannedItem | undefined {
    if (!this.#walk.object(buffer, start, end)) return undefined;
    this.#object.show(buffer, typeMeta);
    return this.#item;
  }

  /** The offset behind the JSON value that begins at or after `start`; -1 as long as it is not complete. */
  endOfValue(buffer: Buffer, start: number, end: number): number {
    return valueEnd(buffer, skipSpace(buffer, start, end), end);
  }
}

class ObjectView implements ScannedObject {
  readonly #record: Int32Array;
  #buffer: Buffer = Buffer.alloc(0);
  /** By slot, what `text` returned last. */
  readonly #texts: (string | undefined)[] = [];
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
    const bytes = this.end(Slot.object) - this.#start(Slot.object);
    const cut = this.end(Slot.managedFields) - this.#start(Slot.managedFields);
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
    if (this.end(Slot.managedFields) > 0) {
      at += this.#buffer.copy(target, at, from, this.#start(Slot.managedFields));
      from = this.end(Slot.managedFields);
    }
    return at + this.#buffer.copy(target, at, from, this.end(Slot.object));
  }

  /** A string, without its quotes. Often it is the one of the last call or frame, which costs no new string then. */
  text(slot: Slot): string {
    const end = this.end(slot);
    if (end === 0) return "";
    const start = this.#start(slot) + 1;
    const last = this.#texts[slot];
    if (last !== undefined && isPlainText(this.#buffer, start, end - 1, last)) return last;
    const text = unescaped(this.#buffer.toString("utf8", start, end - 1));
    this.#texts[slot] = text;
    return text;
  }

  #json(slot: Slot): string {
    const end = this.end(slot);
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

  /** 0: it is not there. */
  end(slot: Slot): number {
    return this.#record[slot + 1] ?? 0;
  }
}

/** Whether `[start, end)` is `text`, byte by character. Says no wherever an escape or a character of several bytes is involved. */
function isPlainText(buffer: Buffer, start: number, end: number, text: string): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++) {
    const byte = buffer[start + i] ?? 0;
    if (byte !== text.charCodeAt(i) || byte === Byte.backslash || byte > LAST_ASCII) return false;
  }
  return true;
}

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  const value: string = JSON.parse(`"${text}"`);
  return value;
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
