/**
 * `fetch` of one handler: each request, and each one that an answer leads to, is checked against `allow.fetch` before anything
 * is sent, and the network checks where its name leads. No credential, cookie or header of the host's is ever added.
 */
import { NotAllowedError } from "#handler-api/errors.ts";
import type { FetchRule } from "#handler-api/resolved-options.ts";
import type { Gate } from "#kernel/gate.ts";
import type { Connections } from "./connections.ts";
import { FetchError, RefusedAddressError } from "./fetch-errors.ts";
import { fetchFailure } from "./fetch-failure.ts";
import type { FetchNetwork } from "./fetch-network.ts";
import { type FetchRequest, readFetchRequest, readFetchUrl } from "./fetch-request.ts";
import { entryFor, privateEntryFor, ruleFor } from "./fetch-rules.ts";
import { isRedirect, MAX_REDIRECTS, nextRequest } from "./redirects.ts";
import type { RefusedFetch } from "../ports.ts";
import { type FetchAnswer, fetchOnce } from "./fetch-once.ts";

export interface FetchCallsDeps {
  readonly connections: Pick<Connections, "dispatcher">;
  readonly network: Pick<FetchNetwork, "checkHost" | "proxyFor">;
  readonly refused: (refused: RefusedFetch) => void;
  readonly signal: AbortSignal;
}

/** @returns what the guest makes a `Response` of */
export type FetchCall = (args: readonly unknown[], deps: FetchCallsDeps) => Promise<object>;

/** @param gate lets through as many as the handler may have on their way */
export function createFetchCall(rules: readonly FetchRule[], gate: Gate): FetchCall {
  return async (args, deps) => {
    await allowedBy(rules, readFetchUrl(args), deps);
    const request = readFetchRequest(args);
    return gate.run(async () => {
      const { url, redirected, answer } = await follow(rules, request, deps);
      const { status, statusText, headers, body } = answer;
      return {
        url: withoutFragment(url),
        redirected,
        status,
        statusText,
        headers,
        body: body.toString("base64"),
      };
    }, deps.signal);
  };
}

async function follow(
  rules: readonly FetchRule[],
  first: FetchRequest,
  deps: FetchCallsDeps,
): Promise<{ readonly url: URL; readonly redirected: boolean; readonly answer: FetchAnswer }> {
  let request = first;
  for (let redirects = 0; ; redirects++) {
    const answer = await fetchChecked(rules, request, deps);
    const next = request.redirect === "manual" || !isRedirect(answer) ? undefined : nextRequest(request, answer);
    if (!next) return { url: request.url, redirected: redirects > 0, answer };
    const { host } = request.url;
    if (request.redirect === "error")
      throw new FetchError(host, { code: "REDIRECT", fact: `it leads to ${next.url.host}` });
    if (redirects === MAX_REDIRECTS) {
      throw new FetchError(host, { code: "REDIRECT", fact: `it was redirected more than ${MAX_REDIRECTS} times` });
    }
    request = next;
  }
}

async function fetchChecked(
  rules: readonly FetchRule[],
  request: FetchRequest,
  deps: FetchCallsDeps,
): Promise<FetchAnswer> {
  const { url } = request;
  const { connections, network, signal } = deps;
  const rule = await allowedBy(rules, url, deps);
  try {
    await network.checkHost(url.hostname, rule.opensPrivate);
    return await fetchOnce(connections.dispatcher(rule.opensPrivate), request, signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const failure = fetchFailure(error, { url, proxy: network.proxyFor(url.protocol) });
    throw failure instanceof RefusedAddressError ? refusal(url, addressReason(url, failure), deps) : failure;
  }
}

/** The entry that allows it. Throws `NotAllowedError`. */
async function allowedBy(rules: readonly FetchRule[], url: URL, deps: FetchCallsDeps): Promise<FetchRule> {
  const fault = faultOf(url);
  if (fault !== undefined) throw refusal(url, fault, deps);
  const rule = ruleFor(rules, url);
  if (rule) return rule;
  const entry = JSON.stringify(entryFor(url));
  const missing = `the handler's allow.fetch does not name it. Add ${entry} to allow.fetch`;
  throw refusal(url, (await refusedHost(url, deps)) ?? missing, deps);
}

function refusal(url: URL, fact: string, { refused }: FetchCallsDeps): NotAllowedError {
  const reason = `Cannot fetch ${shownUrl(url)}: ${fact}`;
  refused({ url: shownUrl(url), reason });
  return new NotAllowedError(reason);
}

/** Why no entry can allow it, whatever its host is. */
function faultOf(url: URL): string | undefined {
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return `"${url.protocol}" is no scheme for fetch; use https`;
  if (url.username !== "" || url.password !== "") return "its URL has credentials; send them in a header";
  return undefined;
}

/** Why the shortest entry would not allow it, as far as the host alone says so. */
async function refusedHost(url: URL, { network }: FetchCallsDeps): Promise<string | undefined> {
  try {
    await network.checkHost(url.hostname, false);
  } catch (error) {
    if (error instanceof RefusedAddressError) return addressReason(url, error);
  }
  return undefined;
}

function addressReason(url: URL, { reach, address }: RefusedAddressError): string {
  const where = url.hostname === address ? "it" : `its address ${address}`;
  if (reach === "apiServer") return `${where} is the API server's; use kube`;
  if (reach === "forbidden") return `${where} is the host's own, of its link, or reserved; no handler reaches those`;
  const entry = JSON.stringify(privateEntryFor(url));
  return `${where} is in a private network, which an entry must name with scheme and port. Add ${entry} to allow.fetch`;
}

/** Paths and queries of webhooks are secrets. */
function shownUrl(url: URL): string {
  return url.host === "" ? url.protocol : `${url.protocol}//${url.host}`;
}

function withoutFragment(url: URL): string {
  return url.href.slice(0, url.href.length - url.hash.length);
}
