import { Byte, NOT_FOUND, skipSpace, stringEnd, valueEnd } from "./json-bytes.ts";
import { emptyRecord, Slot, type Walk } from "./scan-record.ts";

/** The portable scan: one pass over the bytes, the whole text is walked. */
export class ByteLoop implements Walk {
  readonly record = emptyRecord();

  frame(buffer: Buffer, start: number, end: number): boolean {
    this.record.fill(0);
    const at = skipSpace(buffer, start, end);
    return this.#isWhole(buffer, this.#members(buffer, at, end, FRAME), end) && this.#has(Slot.object);
  }

  object(buffer: Buffer, start: number, end: number): boolean {
    this.record.fill(0);
    const at = skipSpace(buffer, start, end);
    const after = this.#members(buffer, at, end, OBJECT);
    this.#put(Slot.object, at, after);
    return this.#isWhole(buffer, after, end);
  }

  #isWhole(buffer: Buffer, after: number, end: number): boolean {
    return after !== NOT_FOUND && skipSpace(buffer, after, end) === end;
  }

  /** Walks `{…}` at `at`, and records the members that `level` names. */
  #members(buffer: Buffer, at: number, end: number, level: Level): number {
    if (buffer[at] !== Byte.openBrace) return NOT_FOUND;
    let comma = NOT_FOUND;
    at = skipSpace(buffer, at + 1, end);
    if (at < end && buffer[at] === Byte.closeBrace) return at + 1;
    while (at < end && buffer[at] === Byte.quote) {
      const key = at;
      const keyEnd = stringEnd(buffer, key + 1, end);
      if (keyEnd === NOT_FOUND) return NOT_FOUND;
      const colon = skipSpace(buffer, keyEnd, end);
      if (buffer[colon] !== Byte.colon) return NOT_FOUND;
      const value = skipSpace(buffer, colon + 1, end);
      const member = memberNamed(level, buffer, key + 1, keyEnd - 1);
      if (member === "disguised") return NOT_FOUND;
      const after = member ? this.#member(buffer, value, end, member) : valueEnd(buffer, value, end);
      if (after === NOT_FOUND) return NOT_FOUND;
      const next = skipSpace(buffer, after, end);
      if (next >= end) return NOT_FOUND;
      const isLast = buffer[next] !== Byte.comma;
      if (member?.slot === Slot.managedFields) {
        if (comma !== NOT_FOUND) this.#put(Slot.managedFields, comma, after);
        else this.#put(Slot.managedFields, key, isLast ? after : next + 1);
      }
      if (isLast) return buffer[next] === Byte.closeBrace ? next + 1 : NOT_FOUND;
      comma = next;
      at = skipSpace(buffer, next + 1, end);
    }
    return NOT_FOUND;
  }

  /** Records one member that is wanted. A second one of the same name is refused: which of them counts is the parser's to say. */
  #member(buffer: Buffer, value: number, end: number, { slot, opens, level }: Member): number {
    if (this.record[slot] !== 0) return NOT_FOUND;
    const isExpected = buffer[value] === opens;
    const after = isExpected && level ? this.#members(buffer, value, end, level) : valueEnd(buffer, value, end);
    if (isExpected && opens === Byte.quote && !hasValidEscapes(buffer, value, after)) return NOT_FOUND;
    this.#put(slot, value, isExpected ? after : 0);
    return after;
  }

  #put(slot: Slot, start: number, end: number): void {
    this.record[slot] = start;
    this.record[slot + 1] = end;
  }

  #has(slot: Slot): boolean {
    return this.record[slot + 1] !== 0;
  }
}

interface Member {
  readonly name: string;
  readonly slot: Slot;
  /** The first byte of a value of the expected type. Values of other types are stepped over. */
  readonly opens: number;
  /** The members inside that are wanted too. */
  readonly level?: Level;
}

type Level = readonly Member[];

const METADATA: Level = [
  { name: "name", slot: Slot.name, opens: Byte.quote },
  { name: "namespace", slot: Slot.namespace, opens: Byte.quote },
  { name: "uid", slot: Slot.uid, opens: Byte.quote },
  { name: "resourceVersion", slot: Slot.resourceVersion, opens: Byte.quote },
  { name: "labels", slot: Slot.labels, opens: Byte.openBrace },
  { name: "ownerReferences", slot: Slot.ownerReferences, opens: Byte.openBracket },
  { name: "annotations", slot: Slot.annotations, opens: Byte.openBrace },
  { name: "managedFields", slot: Slot.managedFields, opens: Byte.openBracket },
];

const OBJECT: Level = [
  { name: "apiVersion", slot: Slot.apiVersion, opens: Byte.quote },
  { name: "kind", slot: Slot.kind, opens: Byte.quote },
  { name: "metadata", slot: Slot.metadata, opens: Byte.openBrace, level: METADATA },
];

const FRAME: Level = [
  { name: "type", slot: Slot.type, opens: Byte.quote },
  { name: "object", slot: Slot.object, opens: Byte.openBrace, level: OBJECT },
];

/** `"disguised"`: an escaped letter, so that the key may be one that is wanted. Nobody writes keys so. */
function memberNamed(level: Level, buffer: Buffer, start: number, end: number): Member | "disguised" | undefined {
  for (const member of level) {
    if (member.name.length === end - start && isText(buffer, start, member.name)) return member;
  }
  return hasEscapedLetter(buffer, start, end) ? "disguised" : undefined;
}

function isText(buffer: Buffer, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (buffer[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Finds `\u0020` to `\u00ff`. `JSON.stringify` escapes none of these so, hence what it wrote is never refused. */
function hasEscapedLetter(buffer: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (buffer[at] !== Byte.backslash) continue;
    at++;
    if (isText(buffer, at, "u00") && (buffer[at + 3] ?? 0) >= 0x32) return true;
  }
  return false;
}

/** Whether `JSON.parse` would read the string in `[start, end)`. */
function hasValidEscapes(buffer: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (buffer[at] !== Byte.backslash) continue;
    at++;
    const isValid =
      buffer[at] === 0x75
        ? FOUR_HEX_DIGITS.test(buffer.toString("latin1", at + 1, at + 5))
        : SHORT_ESCAPES.includes(buffer[at] ?? 0);
    if (!isValid) return false;
  }
  return true;
}

const FOUR_HEX_DIGITS = /^[\da-f]{4}$/i;
const SHORT_ESCAPES = Buffer.from('"\\/bfnrt');
