import { readSync, writeSync } from "node:fs";
import { HOST_FRAME_LIMIT_BYTES, READ_FD, READ_REQUEST_LIMIT_BYTES } from "../protocol.ts";
import { encodeText } from "./frame.ts";

const PREFIX_BYTES = 4;
const exit = process.exit.bind(process);
const prefix = Buffer.alloc(PREFIX_BYTES);

/** Descriptor 4: asks the host and blocks until it has answered. The host answers from memory. */
export function readSynchronously(text: string): string {
  const request = encodeText(text, READ_REQUEST_LIMIT_BYTES);
  for (let at = 0; at < request.length;) at += writeSync(READ_FD, request, at);
  readFully(prefix);
  const length = prefix.readUInt32LE(0);
  if (length > HOST_FRAME_LIMIT_BYTES) exit(1);
  const answer = Buffer.allocUnsafe(length);
  readFully(answer);
  return answer.toString();
}

function readFully(target: Buffer): void {
  for (let at = 0; at < target.length;) {
    const count = readSync(READ_FD, target, at, target.length - at, null);
    if (count === 0) exit(0);
    at += count;
  }
}
