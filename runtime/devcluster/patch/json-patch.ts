import { isDeepStrictEqual } from "node:util";
import { isRecord, textOf, type JsonRecord } from "#kernel/json-value.ts";
import { StatusError } from "../api-status.ts";

/** What the real server takes in one request. */
const MOST_OPERATIONS = 10_000;

/**
 * RFC 6902, with the real server's liberties: `replace` and `copy` of a member that is not there work, an array index
 * may count from the end, a path's first slash is not looked at. Whatever cannot be done has one and the same answer.
 */
export function jsonPatch(document: JsonRecord, operations: readonly JsonRecord[]): JsonRecord {
  if (operations.length > MOST_OPERATIONS) throw tooMany(operations.length);
  let patched: unknown = document;
  for (const operation of operations) patched = applyOperation(patched, operation);
  if (isRecord(patched)) return patched;
  throw rejected();
}

function applyOperation(document: unknown, operation: JsonRecord): unknown {
  const path = pointer(operation, "path");
  const value = operation["value"] ?? null;
  switch (textOf(operation, "op") ?? "") {
    case "add":
      return edit(document, path, (parent, key) => added(parent, key, value));
    case "remove":
      return edit(document, path, removed);
    case "replace":
      return path.length === 0 ? value : edit(document, path, (parent, key) => replaced(parent, key, value));
    case "move": {
      const from = pointer(operation, "from");
      const moved = read(document, from);
      return edit(edit(document, from, removed), path, (parent, key) => added(parent, key, moved));
    }
    case "copy": {
      const copied = read(document, pointer(operation, "from"));
      return edit(document, path, (parent, key) => added(parent, key, copied));
    }
    case "test":
      if (isDeepStrictEqual(path.length === 0 ? document : read(document, path), value)) return document;
      throw rejected();
    default:
      throw rejected();
  }
}

/** The names on the way; none for the whole document. */
function pointer(operation: JsonRecord, member: "path" | "from"): readonly string[] {
  const text = textOf(operation, member);
  if (text === undefined || (text !== "" && !text.includes("/"))) throw rejected();
  return text
    .split("/")
    .slice(1)
    .map((name) => name.replace(/~[01]/g, (escaped) => (escaped === "~1" ? "/" : "~")));
}

/** A copy of the document in which the parent of what the path names is another. */
function edit(document: unknown, path: readonly string[], change: (parent: unknown, key: string) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) throw rejected();
  if (rest.length === 0) return change(document, key);
  const child = edit(member(document, key), rest, change);
  return replaced(document, key, child);
}

/** `null` for a member that is not there, as the real server reads it. */
function read(document: unknown, path: readonly string[]): unknown {
  if (path.length === 0) throw rejected();
  return path.reduce(member, document) ?? null;
}

function member(parent: unknown, key: string): unknown {
  if (Array.isArray(parent)) return parent[index(key, parent.length, parent.length - 1)];
  if (isRecord(parent)) return Object.hasOwn(parent, key) ? parent[key] : undefined;
  throw rejected();
}

function added(parent: unknown, key: string, value: unknown): unknown {
  if (!Array.isArray(parent)) return replaced(parent, key, value);
  if (key === "-") return [...parent, value];
  return parent.toSpliced(index(key, parent.length + 1, parent.length), 0, value);
}

function removed(parent: unknown, key: string): unknown {
  if (Array.isArray(parent)) return parent.toSpliced(index(key, parent.length, parent.length - 1), 1);
  if (!isRecord(parent) || !Object.hasOwn(parent, key)) throw rejected();
  const { [key]: _, ...rest } = parent;
  return rest;
}

function replaced(parent: unknown, key: string, value: unknown): unknown {
  if (Array.isArray(parent)) return parent.with(index(key, parent.length, parent.length - 1), value);
  if (!isRecord(parent)) throw rejected();
  return { ...parent, [key]: value };
}

/** @param length what a negative number counts from */
function index(key: string, length: number, last: number): number {
  if (!/^[+-]?\d+$/.test(key)) throw rejected();
  const at = Number(key) < 0 ? Number(key) + length : Number(key);
  if (at < 0 || at > last) throw rejected();
  return at;
}

function rejected(): StatusError {
  return new StatusError(422, "Invalid", "the server rejected our request due to an error in our request", {});
}

function tooMany(count: number): StatusError {
  const message = `Request entity is too large: The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${count}`;
  return new StatusError(413, "RequestEntityTooLarge", message);
}
