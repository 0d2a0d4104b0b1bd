import { type Dispatcher, request } from "undici";
import { FetchError, RefusedAddressError } from "./fetch-errors.ts";
import type { FetchRequest } from "./fetch-request.ts";
import { isDecoded, KNOWN_ENCODINGS, readBody } from "./read-body.ts";

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

/** One exchange, without following anything. Throws `FetchError`, `RefusedAddressError`, or the signal's reason. */
export async function fetchOnce(
  dispatcher: Dispatcher,
  { url, method, headers, body }: FetchRequest,
  signal: AbortSignal,
): Promise<FetchAnswer> {
  try {
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
    const content = await readBody(response.body, encoding);
    return {
      status: response.statusCode,
      statusText: response.statusText,
      headers: isDecoded(encoding) ? pairs.filter(([name]) => !OF_ENCODED_BODIES.includes(name)) : pairs,
      body: content,
    };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw explained(error, url.host);
  }
}

function pairsOf(headers: Readonly<Record<string, string | string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name.toLowerCase(), one]),
  );
}

/** A refusal may lie behind the error of the connection that it ended. */
function explained(error: unknown, host: string): Error {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RefusedAddressError) return cause;
  }
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) };
  return new FetchError(host, { code: code ?? "FETCH_FAILED", fact: message === "" ? (code ?? "no answer") : message });
}
