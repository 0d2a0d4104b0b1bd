import { Byte } from "./json-bytes.ts";
import { Slot } from "./scan-record.ts";

/** A member that a scan records. All others are stepped over. */
export interface WantedMember {
  readonly name: string;
  readonly slot: Slot;
  /** The first byte of a value of the expected type. Values of other types are stepped over. */
  readonly opens: number;
  /** The members inside that are wanted too. */
  readonly level?: Level | undefined;
}

export type Level = readonly WantedMember[];

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

export const OBJECT: Level = [
  { name: "apiVersion", slot: Slot.apiVersion, opens: Byte.quote },
  { name: "kind", slot: Slot.kind, opens: Byte.quote },
  { name: "metadata", slot: Slot.metadata, opens: Byte.openBrace, level: METADATA },
];

export const FRAME: Level = [
  { name: "type", slot: Slot.type, opens: Byte.quote },
  { name: "object", slot: Slot.object, opens: Byte.openBrace, level: OBJECT },
];

/** `"disguised"`: an escaped letter, so that the key may be one that is wanted. Nobody writes keys so. */
export function wantedMember(
  level: Level,
  buffer: Buffer,
  start: number,
  end: number,
): WantedMember | "disguised" | undefined {
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
