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

const MAX_HEADERS = 100;
/** Names and values together; most servers take no more. */
const MAX_HEADER_CHARACTERS = 16_384;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Line ends, NUL, and what is no byte. */
const NO_HEADER_VALUE = /[\0\r\n]|[^\0-\xff]/;

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
export function readFetchRequest(args: readonly unknown[]): FetchRequest {
  const read = new ArgumentReader("fetch");
  const { method, headers, body, redirect } = read.object("the request", args[0]);
  return {
    headers: readHeaders(headers),
    url: readFetchUrl(args),
    method: readMethod(read.text("the method", method)),
    body: readBody(read.optionalText("the body", body, Infinity)),
    redirect: read.choice("redirect", redirect ?? "follow", ["follow", "error", "manual"]),
  };
}

/** The URL alone, so that what is not allowed is refused before the rest is read. Throws `BadCallError`, which never says the path or query. */
export function readFetchUrl([request]: readonly unknown[]): URL {
  const read = new ArgumentReader("fetch");
  const { url: value } = read.object("the request", request);
  if (typeof value === "string" && value.length > MAX_URL_CHARACTERS) {
    throw new BadCallError(
      `Cannot call fetch: the URL has ${value.length} characters, the limit is ${MAX_URL_CHARACTERS}`,
    );
  }
  const text = read.text("the URL", value, MAX_URL_CHARACTERS);
  const url = parseUrl(text);
  if (url) return url;
  const fact = /^\s*https?:/i.test(text)
    ? "has no host that can be read"
    : 'does not begin with "https://" or "http://" and a host';
  throw new BadCallError(`Cannot call fetch: the URL ${fact}`);
}

/** A dot at the end of a name says that it is complete: the same name for all that follows. */
export function parseUrl(text: string, base?: URL): URL | undefined {
  const url = URL.parse(text, base?.href);
  if (url?.hostname.endsWith(".")) url.hostname = url.hostname.replace(/\.+$/, "");
  return url ?? undefined;
}

function readMethod(method: string): string {
  if (METHOD.test(method) && !FORBIDDEN_METHODS.includes(method.toUpperCase())) return method;
  throw new BadCallError(`Cannot call fetch: ${JSON.stringify(shortened(method))} is no method for it`);
}

function readHeaders(pairs: unknown): Headers {
  const headers = new Headers();
  if (pairs === undefined || pairs === null) return headers;
  if (!Array.isArray(pairs)) throw new BadCallError("Cannot call fetch: the headers are no list");
  if (pairs.length > MAX_HEADERS) {
    throw new BadCallError(`Cannot call fetch: it has ${pairs.length} headers, the limit is ${MAX_HEADERS}`);
  }
  const texts = pairs.map((pair: unknown) => {
    const [name, value]: unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof name === "string" && typeof value === "string") return { name, value };
    throw new BadCallError("Cannot call fetch: a header is no pair of texts");
  });
  const characters = texts.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  if (characters > MAX_HEADER_CHARACTERS) {
    throw new BadCallError(
      `Cannot call fetch: its headers have ${characters} characters, the limit is ${MAX_HEADER_CHARACTERS}`,
    );
  }
  for (const { name, value } of texts) headers.append(checkedName(name), checkedValue(name, value));
  for (const name of OWN_HEADERS) headers.delete(name);
  return headers;
}

/** A name that is none may be a secret that was put in the wrong place. */
function checkedName(name: string): string {
  if (HEADER_NAME.test(name)) return name;
  throw new BadCallError("Cannot call fetch: the name of a header is empty or has characters that none may have");
}

function checkedValue(name: string, value: string): string {
  if (!NO_HEADER_VALUE.test(value)) return value;
  const header = JSON.stringify(shortened(name));
  throw new BadCallError(
    `Cannot call fetch: the header ${header} has a line end, a NUL or a character that is no byte`,
  );
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
