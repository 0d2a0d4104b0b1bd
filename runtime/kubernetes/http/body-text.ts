import { formatBytes } from "#kernel/format-bytes.ts";
import type { RequestFailure } from "../request-failure.ts";
import type { HttpResponse } from "./http-transport.ts";

/** The whole body of a response as text. */
export async function readText(response: HttpResponse, maxBytes: number): Promise<string | RequestFailure> {
  const body = await readBody(response, maxBytes);
  return Buffer.isBuffer(body) ? body.toString() : body;
}

/** The whole body of a response. One that is longer than that is not read on, and its connection is closed. */
export async function readBody(response: HttpResponse, maxBytes: number): Promise<Buffer | RequestFailure> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const failure = await response.read((chunk) => {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new BodyTooLong();
      chunks.push(Buffer.from(chunk));
    });
    return failure ?? Buffer.concat(chunks, bytes);
  } catch (error) {
    if (!(error instanceof BodyTooLong)) throw error;
    return { type: "malformed", message: `it is longer than ${formatBytes(maxBytes)}; ask for less` };
  }
}

class BodyTooLong extends Error {}
