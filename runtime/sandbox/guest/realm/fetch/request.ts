import { AbortController, AbortSignal } from "../shims/abort.ts";
import { type Content, extractBody } from "./body-content.ts";
import { Headers, type HeadersInit } from "./headers.ts";
import { urlFault } from "./url-fault.ts";
import { WithBody } from "./with-body.ts";

export interface RequestInit extends Partial<Record<keyof typeof WITHOUT_MEANING, unknown>> {
  readonly method?: unknown;
  readonly headers?: HeadersInit;
  readonly body?: unknown;
  readonly signal?: unknown;
  readonly redirect?: unknown;
  readonly duplex?: unknown;
  readonly integrity?: string;
}

/** What means something in a browser and nothing here, with the standard's defaults. */
const WITHOUT_MEANING = {
  mode: "cors",
  credentials: "same-origin",
  cache: "default",
  referrer: "about:client",
  referrerPolicy: "",
  keepalive: false,
};

const REDIRECTS = ["follow", "error", "manual"] as const;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const UPPER_CASE = /^(?:delete|get|head|options|post|put)$/i;
const FORBIDDEN = /^(?:connect|trace|track)$/i;
/** URLs with credentials too: the host refuses them and says why. */
const ANY_URL = Symbol("any URL");

export class Request extends WithBody {
  readonly url: string;
  readonly method: string;
  readonly redirect: (typeof REDIRECTS)[number];
  /** The one that was given: following it would keep this request in memory for as long as that lives. */
  readonly signal: AbortSignal;
  readonly integrity: string;
  readonly duplex = "half";
  readonly destination = "";

  constructor(input: unknown, options: RequestInit | null = {}, allowed?: symbol) {
    const init = options ?? {};
    const from = input instanceof Request ? input : undefined;
    const url = from?.url ?? toUrl(input, allowed === ANY_URL);
    const method = init.method === undefined ? (from?.method ?? "GET") : toMethod(init.method);
    const headers = new Headers(init.headers ?? from?.headers);
    super(headers, contentOf(from, init, method, headers));
    this.url = url;
    this.method = method;
    this.redirect = init.redirect === undefined ? (from?.redirect ?? "follow") : toRedirect(init.redirect);
    this.signal = toSignal(init.signal === undefined ? from?.signal : init.signal);
    this.integrity = init.integrity ?? from?.integrity ?? "";
    for (const [name, otherwise] of Object.entries(WITHOUT_MEANING)) {
      const value: unknown = Reflect.get(init, name) ?? (from ? Reflect.get(from, name) : otherwise);
      Object.defineProperty(this, name, { value, enumerable: true });
    }
  }

  /** Not of the standard's surface: the request that `fetch` is asked for. */
  static forFetch(input: unknown, init: RequestInit | null | undefined): Request {
    return new Request(input, init, ANY_URL);
  }

  clone(): Request {
    const { url, method, headers, redirect, signal, integrity } = this;
    const others = Object.keys(WITHOUT_MEANING).map((name): [string, unknown] => [name, Reflect.get(this, name)]);
    const init = { ...Object.fromEntries(others), method, headers, redirect, signal, integrity };
    const copy = new Request(url, init, ANY_URL);
    WithBody.shareBody(this, copy);
    return copy;
  }
}

function toUrl(input: unknown, isAnyUrl: boolean): string {
  const text = String(input);
  const url = URL.parse(text);
  if (!url) throw urlFault(text);
  if (!isAnyUrl && (url.username !== "" || url.password !== "")) {
    throw new TypeError("Request cannot be constructed from a URL that includes credentials: send them in a header");
  }
  return url.href;
}

function toMethod(method: unknown): string {
  const text = String(method);
  if (!TOKEN.test(text) || FORBIDDEN.test(text)) throw new TypeError(`'${text}' is not a valid HTTP method.`);
  return UPPER_CASE.test(text) ? text.toUpperCase() : text;
}

function toRedirect(redirect: unknown): (typeof REDIRECTS)[number] {
  const known = REDIRECTS.find((one) => one === redirect);
  if (!known)
    throw new TypeError(`'${String(redirect)}' is not a valid redirect mode: use "follow", "error" or "manual"`);
  return known;
}

function toSignal(signal: unknown): AbortSignal {
  if (signal === undefined || signal === null) return new AbortController().signal;
  if (signal instanceof AbortSignal) return signal;
  throw new TypeError("Expected signal to be an instance of AbortSignal.");
}

function contentOf(from: Request | undefined, init: RequestInit, method: string, headers: Headers): Content | null {
  const { body, duplex } = init;
  const hasOwn = body !== undefined && body !== null;
  if ((method === "GET" || method === "HEAD") && (hasOwn || from?.body)) {
    throw new TypeError("Request with GET/HEAD method cannot have body.");
  }
  if (!hasOwn) return from ? WithBody.move(from) : null;
  const { content, contentType } = extractBody(body);
  if (content.type === "stream" && duplex === undefined) {
    throw new TypeError("RequestInit: duplex option is required when sending a body.");
  }
  if (contentType !== "" && !headers.has("content-type")) headers.set("content-type", contentType);
  return content;
}
