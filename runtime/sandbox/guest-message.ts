/** Reads what a guest sends. Nothing of it is trusted: whoever breaks out of the sandbox writes here. */
import { isNestedDeeper } from "#kernel/nesting.ts";
import { type GuestMessage, NESTING_LIMIT, type ReadRequest, type WireError } from "./protocol.ts";

/** Thrown when a frame is no message of the protocol. The process that sent it is ended. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code = "PROTOCOL";
}

type Fields = Readonly<Record<string, unknown>>;

/** Throws `ProtocolError`. */
export function readGuestMessage(frame: Buffer): GuestMessage {
  const fields = readObject(frame);
  switch (fields["type"]) {
    case "ready":
      return { type: "ready", allowed: list(fields, "allowed").map(String) };
    case "loaded":
      return { type: "loaded", module: fields["module"] };
    case "loadFailed":
      return { type: "loadFailed", error: error(fields) };
    case "returned":
      return { type: "returned", run: integer(fields, "run"), requeueAfter: fields["requeueAfter"] };
    case "skipped":
      return { type: "skipped", run: integer(fields, "run") };
    case "threw":
      return { type: "threw", run: integer(fields, "run"), error: error(fields), delay: fields["delay"] };
    case "call":
      return { type: "call", call: integer(fields, "call"), ...readCall(fields) };
    case "cancel":
      return { type: "cancel", call: integer(fields, "call") };
    case "log":
      return {
        type: "log",
        run: integer(fields, "run"),
        level: level(fields),
        message: text(fields, "message"),
        fields: object(fields, "fields"),
      };
    case "unhandled":
      return { type: "unhandled", error: error(fields) };
    case "pong":
      return { type: "pong" };
    default:
      throw new ProtocolError("a message of an unknown type");
  }
}

/** Throws `ProtocolError`. */
export function readReadRequest(frame: Buffer): ReadRequest {
  return readCall(readObject(frame));
}

function readCall(fields: Fields): ReadRequest {
  return { run: integer(fields, "run"), method: text(fields, "method"), args: list(fields, "args") };
}

function readObject(frame: Buffer): Fields {
  if (isNestedDeeper(frame, NESTING_LIMIT)) {
    throw new ProtocolError(`a message that is nested more than ${NESTING_LIMIT} deep`);
  }
  try {
    return asObject(JSON.parse(frame.toString()));
  } catch {
    throw new ProtocolError("a message that is no JSON object");
  }
}

function asObject(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ProtocolError("no object");
  return { ...value };
}

function object(fields: Fields, name: string): Fields {
  return asObject(fields[name]);
}

function error(fields: Fields): WireError {
  const { name, message, stack, code } = object(fields, "error");
  if (typeof name !== "string" || typeof message !== "string" || typeof stack !== "string") {
    throw new ProtocolError("an error without name, message or stack");
  }
  return typeof code === "string" ? { name, message, stack, code } : { name, message, stack };
}

function level(fields: Fields): "debug" | "info" | "warn" | "error" {
  const value = fields["level"];
  if (value === "debug" || value === "info" || value === "warn" || value === "error") return value;
  throw new ProtocolError('"level" is no log level');
}

function integer(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new ProtocolError(`"${name}" is no integer`);
  return value;
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw new ProtocolError(`"${name}" is no text`);
  return value;
}

function list(fields: Fields, name: string): readonly unknown[] {
  const value: unknown = fields[name];
  if (!Array.isArray(value)) throw new ProtocolError(`"${name}" is no list`);
  return value;
}
