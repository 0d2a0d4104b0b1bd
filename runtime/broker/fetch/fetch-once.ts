import { type Dispatcher, request } from "undici";
import type { FetchRequest } from "./fetch-request.ts";
import { KNOWN_ENCODINGS, readBody } from "./read-body.ts";

/** One answer, its body in memory and decoded. */
export interface FetchAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case; those that come several times are there several times. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Of a body that was decoded they say nothing any more. */
const OF_ENCODED_BODIES = ["content-encoding", "content-length"];

/** One exchange, without following anything. Throws what `fetchFailure` reads. */
export async function fetchOnce(
  dispatcher: Dispatcher,
  { url, method, headers, body }: FetchRequest,
  signal: AbortSignal,
): Promise<FetchAnswer> {
  const response = await request(url, {
    dispatcher,
    method,
    headers: {
      accept: "*/*",
      "user-agent": "informd",
      ...Object.fromEntries(headers),
      "accept-encoding": KNOWN_ENCODINGS,
    },
    body: body ?? null,
    signal,
  });
  const pairs = pairsOf(response.headers);
  const encoding = pairs.find(([name]) => name === "content-encoding")?.[1] ?? "";
  const { content, isDecoded } = await readBody(response.body, encoding);
  return {
    status: response.statusCode,
    statusText: response.statusText,
    headers: isDecoded ? pairs.filter(([name]) => !OF_ENCODED_BODIES.includes(name)) : pairs,
    body: content,
  };
}

function pairsOf(headers: Readonly<Record<string, string | string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name.toLowerCase(), one]),
  );
}
