import { ArgumentReader } from "../argument-reader.ts";
import { BadCallError } from "../errors.ts";

/** What a handler asks for, as far as it is read and not yet checked. */
export interface FetchRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Buffer | undefined;
  readonly redirect: "follow" | "error" | "manual";
}

export const BODY_LIMIT_BYTES = 4 * 2 ** 20;

/** A signed URL is long; servers take no more. */
const MAX_URL_CHARACTERS = 16_384;

const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}$/;
/** WHATWG: "forbidden method". */
const FORBIDDEN_METHODS = ["CONNECT", "TRACE", "TRACK"];
/** What belongs to the connection, or is made here. */
const OWN_HEADERS = [
  "accept-encoding",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Reads `{ url, method, headers, body?, redirect }`. Throws `BadCallError`. */
export function readFetchRequest([request]: readonly unknown[]): FetchRequest {
  const read = new ArgumentReader("fetch");
  const { url, method, headers, body, redirect } = read.object("the request", request);
  return {
    url: readUrl(read.text("the URL", url, MAX_URL_CHARACTERS)),
    method: readMethod(read.text("the method", method)),
    headers: readHeaders(headers),
    body: readBody(read.optionalText("the body", body, Infinity)),
    redirect: read.choice("redirect", redirect ?? "follow", ["follow", "error", "manual"]),
  };
}

/** A dot at the end of a name says that it is complete: the same name for all that follows. */
export function readUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (!url) throw new BadCallError(`Cannot call fetch: ${JSON.stringify(shortened(text))} is no URL`);
  if (url.hostname.endsWith(".")) url.hostname = url.hostname.replace(/\.+$/, "");
  return url;
}

function readMethod(method: string): string {
  if (METHOD.test(method) && !FORBIDDEN_METHODS.includes(method.toUpperCase())) return method;
  throw new BadCallError(`Cannot call fetch: ${JSON.stringify(shortened(method))} is no method for it`);
}

function readHeaders(pairs: unknown): Headers {
  const headers = new Headers();
  if (pairs === undefined || pairs === null) return headers;
  if (!Array.isArray(pairs)) throw new BadCallError("Cannot call fetch: the headers are no list");
  try {
    for (const pair of pairs) {
      const [name, value]: unknown[] = Array.isArray(pair) ? pair : [];
      headers.append(String(name), String(value));
    }
  } catch (error) {
    throw new BadCallError(`Cannot call fetch: ${error instanceof Error ? error.message : String(error)}`);
  }
  for (const name of OWN_HEADERS) headers.delete(name);
  return headers;
}

function readBody(base64: string | undefined): Buffer | undefined {
  if (base64 === undefined) return undefined;
  const body = Buffer.from(base64, "base64");
  if (body.length <= BODY_LIMIT_BYTES) return body;
  throw new BadCallError(`Cannot call fetch: the body has ${body.length} bytes, the limit is ${BODY_LIMIT_BYTES}`);
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
