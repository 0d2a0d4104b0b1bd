import { FetchError } from "./fetch-errors.ts";
import { parseUrl, type FetchRequest } from "./fetch-request.ts";
import type { FetchAnswer } from "./fetch-once.ts";

/** WHATWG: "HTTP-redirect fetch". */
export const MAX_REDIRECTS = 20;
const REDIRECTS = [301, 302, 303, 307, 308];
const OF_BODIES = ["content-encoding", "content-language", "content-location", "content-type"];
/** They are for whom they were written. */
const CREDENTIALS = ["authorization", "cookie"];

export function isRedirect({ status }: FetchAnswer): boolean {
  return REDIRECTS.includes(status);
}

/** The request that the answer asks for; `undefined` if it says nowhere to go. Throws `FetchError` for what is no URL. */
export function nextRequest(before: FetchRequest, { status, headers }: FetchAnswer): FetchRequest | undefined {
  const location = headers.find(([name]) => name === "location")?.[1];
  if (location === undefined) return undefined;
  const url = parseUrl(location, before.url);
  if (!url) throw new FetchError(before.url.host, { code: "REDIRECT", fact: "it redirects to what is no URL" });
  const kept = new Headers(before.headers);
  if (url.origin !== before.url.origin) for (const name of CREDENTIALS) kept.delete(name);
  if (!becomesGet(before.method, status)) return { ...before, url, headers: kept };
  for (const name of OF_BODIES) kept.delete(name);
  return { ...before, url, method: "GET", headers: kept, body: undefined };
}

function becomesGet(method: string, status: number): boolean {
  if (status === 303) return method !== "GET" && method !== "HEAD";
  return (status === 301 || status === 302) && method === "POST";
}
