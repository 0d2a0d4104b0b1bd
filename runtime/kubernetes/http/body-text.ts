import type { HttpResponse, Unreachable } from "./http-transport.ts";

/** The whole body of a response as text; of a body that is longer than `maxBytes`, the beginning. */
export async function readText(response: HttpResponse, maxBytes: number): Promise<string | Unreachable> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const failure = await response.read((chunk) => {
    if (bytes < maxBytes) chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
  });
  return failure ?? Buffer.concat(chunks).toString();
}
