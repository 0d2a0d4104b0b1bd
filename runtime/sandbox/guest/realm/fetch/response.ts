import { type Content, extractBody } from "./body-content.ts";
import { Headers, type HeadersInit } from "./headers.ts";
import { urlFault } from "./url-fault.ts";
import { WithBody } from "./with-body.ts";

export interface ResponseInit {
  readonly status?: unknown;
  readonly statusText?: string;
  readonly headers?: HeadersInit;
}

/** Where it comes from. */
interface Origin {
  readonly type: "default" | "basic" | "error";
  readonly url: string;
  readonly redirected: boolean;
}

const MADE_BY_HANDLER: Origin = { type: "default", url: "", redirected: false };
const WITHOUT_BODY = [101, 103, 204, 205, 304];
const REDIRECTS = [301, 302, 303, 307, 308];
const NO_REASON = /[^\t\x20-\x7e\x80-\xff]/;

export class Response extends WithBody {
  readonly type: Origin["type"];
  readonly url: string;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;

  constructor(body: unknown = null, options: ResponseInit | null = {}, origin: Origin = MADE_BY_HANDLER) {
    const init = options ?? {};
    const { type, url, redirected } = origin;
    const status = toStatus(init.status, type);
    const headers = new Headers(init.headers);
    super(headers, contentOf(body, status, headers));
    if (type !== "default") Headers.freeze(headers);
    this.type = type;
    this.url = url;
    this.redirected = redirected;
    this.status = status;
    // What a server said is as it is.
    this.statusText = type === "default" ? toReason(init.statusText) : (init.statusText ?? "");
  }

  static error(): Response {
    return new Response(null, { status: 0 }, { ...MADE_BY_HANDLER, type: "error" });
  }

  static redirect(url: unknown, status: unknown = 302): Response {
    const target = URL.parse(String(url));
    if (!target) throw urlFault(String(url));
    const code = Number(status);
    if (!REDIRECTS.includes(code)) throw new RangeError(`Invalid status code ${code}`);
    const response = new Response(null, { status: code, headers: { location: target.href } });
    Headers.freeze(response.headers);
    return response;
  }

  static json(data: unknown, options: ResponseInit | null = {}): Response {
    const init = options ?? {};
    const text: unknown = JSON.stringify(data);
    if (typeof text !== "string") throw new TypeError("Value is not JSON serializable");
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
    return new Response(text, { ...init, headers });
  }

  /** Not of the standard's surface: whether an answer with this status has no body. */
  static isWithoutBody(status: number): boolean {
    return WITHOUT_BODY.includes(status);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }

  clone(): Response {
    const { status, statusText, headers } = this;
    const copy = new Response(null, { status, statusText, headers }, this);
    WithBody.shareBody(this, copy);
    return copy;
  }
}

function toStatus(status: unknown, type: Origin["type"]): number {
  const code = status === undefined ? 200 : Math.trunc(Number(status));
  if (type === "default" && !(code >= 200 && code <= 599)) {
    throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  }
  return code;
}

function toReason(reason = ""): string {
  if (NO_REASON.test(reason)) throw new TypeError("Invalid statusText");
  return reason;
}

function contentOf(body: unknown, status: number, headers: Headers): Content | null {
  if (body === null || body === undefined) return null;
  if (Response.isWithoutBody(status)) throw new TypeError(`Response with status ${status} cannot have a body`);
  const { content, contentType } = extractBody(body);
  if (contentType !== "" && !headers.has("content-type")) headers.set("content-type", contentType);
  return content;
}
