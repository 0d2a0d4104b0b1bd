import { Byte, NOT_FOUND, skipSpace, stringEnd, valueEnd } from "#resources/json-bytes.ts";
import { createProjection, type Kept, keptFields } from "./projection.ts";

/** A member to keep, by its key as JSON has it between the quotes, and what to keep of its value: without members, all. */
interface KeptMember {
  readonly key: Buffer;
  readonly value: Level;
  /** The number of the object in which it was seen last. */
  seenIn: number;
}

type Level = readonly KeptMember[];

/**
 * Like `createProjection`, from JSON to JSON: what is kept is copied byte for byte, the rest is stepped over, so that a long list of
 * large objects costs little. Throws what `createProjection` throws, and a `SyntaxError` for what is no JSON.
 */
export function createByteProjection(paths: readonly string[]): (json: Uint8Array) => Uint8Array {
  const project = createProjection(paths);
  const level = levelOf(keptFields(paths));
  const copy = new KeptCopy();
  return (json) => {
    const buffer = Buffer.from(json.buffer, json.byteOffset, json.length);
    return copy.of(buffer, level) ?? Buffer.from(JSON.stringify(project(JSON.parse(buffer.toString()))));
  };
}

function levelOf(kept: Kept): Level {
  return Array.from(kept, ([key, below]) => ({
    key: Buffer.from(JSON.stringify(key).slice(1, -1)),
    value: levelOf(below),
    seenIn: 0,
  }));
}

/** One walk over one object at a time. Members of what is kept come in the object's order. */
class KeptCopy {
  #source: Buffer = Buffer.alloc(0);
  #target: Buffer = Buffer.alloc(0);
  #length = 0;
  #objects = 0;

  /** `undefined`: only a parser can say. It is no object, or has keys with escapes or twice. */
  of(source: Buffer, level: Level): Uint8Array | undefined {
    this.#source = source;
    // What is kept is never longer than all.
    if (this.#target.length < source.length) this.#target = Buffer.allocUnsafe(2 * source.length);
    this.#length = 0;
    const start = skipSpace(source, 0, source.length);
    if (level.length === 0 || source[start] !== Byte.openBrace) return undefined;
    if (this.#object(start, level, true) === NOT_FOUND) return undefined;
    return Buffer.from(this.#target.subarray(0, this.#length));
  }

  /** @param isLast nothing behind this value is wanted: its end need not be found */
  #value(at: number, level: Level, isLast: boolean): number {
    const first = this.#source[at];
    if (level.length > 0 && first === Byte.openBrace) return this.#object(at, level, isLast);
    if (level.length > 0 && first === Byte.openBracket) return this.#list(at, level);
    const end = valueEnd(this.#source, at, this.#source.length);
    if (end !== NOT_FOUND) this.#copy(at, end);
    return end;
  }

  #object(at: number, level: Level, isLast: boolean): number {
    const source = this.#source;
    const { length: end } = source;
    const number = ++this.#objects;
    let left = level.length;
    this.#put(Byte.openBrace);
    at = skipSpace(source, at + 1, end);
    while (source[at] === Byte.quote) {
      const keyEnd = stringEnd(source, at + 1, end);
      const colon = keyEnd === NOT_FOUND ? NOT_FOUND : skipSpace(source, keyEnd, end);
      if (source[colon] !== Byte.colon || hasEscape(source, at, keyEnd)) return NOT_FOUND;
      const value = skipSpace(source, colon + 1, end);
      const member = memberNamed(level, source, at + 1, keyEnd - 1);
      if (member) {
        if (member.seenIn === number) return NOT_FOUND;
        member.seenIn = number;
        left -= 1;
        if (left < level.length - 1) this.#put(Byte.comma);
        this.#copy(at, keyEnd);
        this.#put(Byte.colon);
      }
      const after = member ? this.#value(value, member.value, isLast && left === 0) : valueEnd(source, value, end);
      if (after === NOT_FOUND) return NOT_FOUND;
      if (isLast && left === 0) {
        this.#put(Byte.closeBrace);
        return after;
      }
      at = skipSpace(source, after, end);
      if (source[at] === Byte.comma) at = skipSpace(source, at + 1, end);
    }
    if (source[at] !== Byte.closeBrace) return NOT_FOUND;
    this.#put(Byte.closeBrace);
    return at + 1;
  }

  #list(at: number, level: Level): number {
    const source = this.#source;
    const { length: end } = source;
    this.#put(Byte.openBracket);
    at = skipSpace(source, at + 1, end);
    while (at < end && source[at] !== Byte.closeBracket) {
      at = this.#value(at, level, false);
      if (at === NOT_FOUND) return NOT_FOUND;
      at = skipSpace(source, at, end);
      if (source[at] !== Byte.comma) continue;
      this.#put(Byte.comma);
      at = skipSpace(source, at + 1, end);
    }
    if (at >= end) return NOT_FOUND;
    this.#put(Byte.closeBracket);
    return at + 1;
  }

  #put(byte: number): void {
    this.#target[this.#length++] = byte;
  }

  #copy(start: number, end: number): void {
    this.#length += this.#source.copy(this.#target, this.#length, start, end);
  }
}

function memberNamed(level: Level, source: Buffer, start: number, end: number): KeptMember | undefined {
  for (const member of level) if (isSame(member.key, source, start, end)) return member;
  return undefined;
}

function isSame(key: Buffer, source: Buffer, start: number, end: number): boolean {
  if (key.length !== end - start) return false;
  for (let at = 0; at < key.length; at++) if (key[at] !== source[start + at]) return false;
  return true;
}

function hasEscape(source: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (source[at] === Byte.backslash) return true;
  return false;
}
