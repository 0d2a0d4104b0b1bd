import { encodeFrame } from "#kernel/framing.ts";
import type { CallError } from "./protocol.ts";
import type { GuestEvent } from "./sandbox.ts";

const OBJECT = Buffer.from(',"object":');
const OLD = Buffer.from(',"old":');
const END = Buffer.from("}}");

/** An `event` message. The objects go through as the bytes that came from the API server; only the sandbox parses them. */
export function encodeEvent(run: number, { header, object, old }: GuestEvent): Buffer {
  const head = Buffer.from(`{"type":"event","run":${run},"event":${JSON.stringify(header).slice(0, -1)}`);
  return old ? encodeFrame(head, OBJECT, object, OLD, old, END) : encodeFrame(head, OBJECT, object, END);
}

/** A `result` message around JSON text. */
export function encodeResult(call: number, json: string): Buffer {
  return encodeFrame(Buffer.from(`{"type":"result","call":${call},"value":${json}}`));
}

/** A `ReadAnswer` around JSON. */
export function encodeReadValue(json: Uint8Array | string): Buffer {
  const value = typeof json === "string" ? Buffer.from(json) : json;
  return encodeFrame(Buffer.from('{"value":'), value, Buffer.from("}"));
}

export function encodeReadError(error: CallError): Buffer {
  return encodeFrame(Buffer.from(JSON.stringify({ error })));
}

/** Any other message. */
export function encodeMessage(message: object): Buffer {
  return encodeFrame(Buffer.from(JSON.stringify(message)));
}
