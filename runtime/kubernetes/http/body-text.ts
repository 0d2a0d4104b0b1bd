import type { RequestFailure } from "../request-failure.ts";
import type { HttpResponse } from "./http-transport.ts";

/** The whole body of a response as text. A body above the limit is read to its end and not kept. */
export async function readText(response: HttpResponse, maxBytes: number): Promise<string | RequestFailure> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const failure = await response.read((chunk) => {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(Buffer.from(chunk));
  });
  if (failure) return failure;
  if (bytes > maxBytes) return { type: "malformed", message: `an answer of ${bytes} bytes is longer than ${maxBytes}` };
  return Buffer.concat(chunks, bytes).toString();
}
