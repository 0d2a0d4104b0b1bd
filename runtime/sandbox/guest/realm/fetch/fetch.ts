/**
 * `fetch` as the web has it, over one call to the host, which decides what may be reached and does it. Bodies are in memory as a
 * whole, in both directions. A call that is aborted rejects at once, and the host ends the request.
 */
import type { Calls } from "../calls.ts";
import { DOMException } from "../shims/dom-exception.ts";
import type { AbortSignal } from "../shims/abort.ts";
import { Request, type RequestInit } from "./request.ts";
import { Response } from "./response.ts";
import { WithBody } from "./with-body.ts";

/** Of what is sent; the host limits what is received. */
const BODY_LIMIT_BYTES = 4 * 2 ** 20;

export type Fetch = (input: unknown, init?: RequestInit) => Promise<Response>;

/** `run`: for whom a call is made; 0 for nobody in particular. */
export function createFetch(calls: Calls, run: () => number): Fetch {
  return async function fetch(input, init) {
    const site = new Error("the call");
    const request = Request.forFetch(input, init);
    const { signal, integrity } = request;
    if (integrity !== "")
      throw new TypeError("Cannot fetch: integrity is not checked here; compare a digest of the body");
    signal.throwIfAborted();
    return await unlessAborted(signal, exchange(calls, { run: run(), request, site }));
  };
}

interface Exchange {
  readonly run: number;
  readonly request: Request;
  /** Where the handler made it. */
  readonly site: Error;
}

async function exchange(calls: Calls, { run, request, site }: Exchange): Promise<Response> {
  const { url, method, headers, redirect, signal } = request;
  const body = (await WithBody.take(request, BODY_LIMIT_BYTES))?.toBase64();
  signal.throwIfAborted();
  try {
    const asked = { url, method, headers: [...headers], body, redirect };
    const answer = await calls.start(run, "fetch", [asked], { site, signal });
    return toResponse(answer, method);
  } catch (thrown) {
    throw ofTheWeb(thrown);
  }
}

async function unlessAborted(signal: AbortSignal, response: Promise<Response>): Promise<Response> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([response, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

interface FetchAnswer {
  readonly url: string;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Base64. */
  readonly body: string;
}

function toResponse(answer: unknown, method: string): Response {
  if (!isAnswer(answer)) throw new TypeError("fetch failed: there is no answer");
  const { url, redirected, body, ...init } = answer;
  const hasBody = method !== "HEAD" && !Response.isWithoutBody(init.status);
  return new Response(hasBody ? Uint8Array.fromBase64(body) : null, init, { type: "basic", url, redirected });
}

function isAnswer(answer: unknown): answer is FetchAnswer {
  return typeof answer === "object" && answer !== null && "status" in answer && "body" in answer;
}

/** The host's errors come as plain ones; the standard says which class these two have. */
function ofTheWeb(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { name, message, stack = "" } = thrown;
  if (name === "AbortError") return withStack(new DOMException(message, name), stack);
  if (name !== "TypeError") return thrown;
  const code: unknown = Reflect.get(thrown, "code");
  const cause = Object.assign(new Error(message), { code });
  return withStack(Object.assign(new TypeError(message, { cause }), { code }), stack);
}

function withStack(error: Error, stack: string): Error {
  error.stack = stack;
  return error;
}
