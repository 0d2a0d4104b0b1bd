import { Byte, NOT_FOUND, skipSpace, stringEnd, valueEnd } from "./json-bytes.ts";
import { emptyRecord, Slot, type Walk } from "./scan-record.ts";
import { FRAME, OBJECT, wantedMember, type Level, type WantedMember } from "./wanted-members.ts";

/** The portable scan: one pass over the bytes, the whole text is walked. */
export class ByteLoop implements Walk {
  readonly record = emptyRecord();

  frame(buffer: Buffer, start: number, end: number): boolean {
    this.record.fill(0);
    const at = skipSpace(buffer, start, end);
    const after = this.#members(buffer, at, end, FRAME);
    const isWhole = after !== NOT_FOUND && skipSpace(buffer, after, end) === end;
    return isWhole && this.record[Slot.object + 1] !== 0;
  }

  object(buffer: Buffer, start: number, end: number): boolean {
    this.record.fill(0);
    const at = skipSpace(buffer, start, end);
    const after = this.#members(buffer, at, end, OBJECT);
    this.#put(Slot.object, at, after);
    return after !== NOT_FOUND;
  }

  /** Walks the `{…}` at `at`, and records the members that `level` names. */
  #members(buffer: Buffer, at: number, end: number, level: Level): number {
    if (buffer[at] !== Byte.openBrace) return NOT_FOUND;
    let comma = NOT_FOUND;
    at = skipSpace(buffer, at + 1, end);
    if (at < end && buffer[at] === Byte.closeBrace) return at + 1;
    while (at < end && buffer[at] === Byte.quote) {
      const key = at;
      const keyEnd = stringEnd(buffer, key + 1, end);
      const value = valueStart(buffer, keyEnd, end);
      if (value === NOT_FOUND) return NOT_FOUND;
      const wanted = wantedMember(level, buffer, key + 1, keyEnd - 1);
      if (wanted === "disguised") return NOT_FOUND;
      const after = wanted ? this.#wanted(buffer, value, end, wanted) : valueEnd(buffer, value, end);
      const next = skipSpace(buffer, after, end);
      if (after === NOT_FOUND || next >= end) return NOT_FOUND;
      const isLast = buffer[next] !== Byte.comma;
      if (wanted?.slot === Slot.managedFields) {
        const isFirst = comma === NOT_FOUND;
        this.#put(Slot.managedFields, isFirst ? key : comma, isFirst && !isLast ? next + 1 : after);
      }
      if (isLast) return buffer[next] === Byte.closeBrace ? next + 1 : NOT_FOUND;
      comma = next;
      at = skipSpace(buffer, next + 1, end);
    }
    return NOT_FOUND;
  }

  /** Records one member. A second one of the same name is refused: which of them counts is the parser's to say. */
  #wanted(buffer: Buffer, value: number, end: number, { slot, opens, level }: WantedMember): number {
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
}

/** Steps over the colon behind a key. */
function valueStart(buffer: Buffer, keyEnd: number, end: number): number {
  if (keyEnd === NOT_FOUND) return NOT_FOUND;
  const colon = skipSpace(buffer, keyEnd, end);
  return buffer[colon] === Byte.colon ? skipSpace(buffer, colon + 1, end) : NOT_FOUND;
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
