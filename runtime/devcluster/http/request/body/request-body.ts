import type { IncomingMessage } from "node:http";
import { bodyTooLarge } from "../request-errors.ts";

/** The real server's. */
export const BODY_LIMIT_BYTES = 3 * 1024 * 1024;

/** Reads the whole body. Throws 413 as soon as it is longer than the limit, and lets the rest pass unread. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(bodyTooLarge(BODY_LIMIT_BYTES));
      }
    });
    request.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once("error", reject);
  });
}
