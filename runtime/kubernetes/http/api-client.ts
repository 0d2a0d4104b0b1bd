/**
 * Sends requests to one API server until there is an answer worth having: with current credentials, renewed once after a
 * 401, again when the server says when (`Retry-After`) and has not begun, and again when a connection broke under a GET. Everything
 * that is left over is a `RequestFailure` for the caller. It knows no resources: URLs and bodies come from the clients of this room.
 */
import { sleep, type Clock } from "#kernel/clock.ts";
import { unlessAborted } from "#kernel/unless-aborted.ts";
import { readText } from "./body-text.ts";
import type { Connections } from "./connections.ts";
import { CredentialsError, type Credential } from "../credentials/credential.ts";
import { exchange, type HttpRequest, type HttpResponse, type Unreachable } from "./http-transport.ts";
import type { RequestFailure } from "../request-failure.ts";
import { parseRetryAfter, statusFromBody } from "./status-failure.ts";
import type { UserCredentials } from "../credentials/user-credentials.ts";
import { withholdSent } from "./withheld-texts.ts";

/** How often a server that says when (`Retry-After`) is asked again (client-go: `rest/request.go`, `maxRetries`). */
const MAX_RETRIES = 10;
/**
 * How often after a broken connection. Enough to get past kept-alive connections that the server has closed meanwhile;
 * client-go's ten would hide an outage from whoever asked for ten seconds.
 */
const MAX_BROKEN_CONNECTION_RETRIES = 2;
/** Between any two tries: a `Retry-After: 0` is no reason for a hot loop. */
const MIN_RETRY_WAIT_MS = 1_000;
/** Whoever asked must hear of a server that is busy for longer. */
const MAX_WAITED_MS = 30_000;
const MAX_ERROR_BODY_BYTES = 1024 * 1024;

interface ApiClientDeps {
  readonly server: string;
  readonly connections: Connections;
  readonly credentials: UserCredentials;
  readonly clock: Clock;
}

/** What a client asks for; the rest of the headers is the same for every request. */
export type ApiRequest = Omit<HttpRequest, "headers"> & {
  readonly headers?: Readonly<Record<string, string>>;
  /** All waits of the request together. @default 30 s */
  readonly maxWaitedMs?: number;
};

interface Exchange {
  readonly answer: HttpResponse | RequestFailure;
  /** The credential's. */
  readonly headers: Credential["headers"];
}

export class ApiClient {
  readonly #deps: ApiClientDeps;

  constructor(deps: ApiClientDeps) {
    this.#deps = deps;
  }

  /** A response with a status of 2xx, whose body must be read, or why there is none. Rejects with the signal's reason. */
  async send(request: ApiRequest, signal: AbortSignal): Promise<HttpResponse | RequestFailure> {
    let waitedMs = 0;
    for (let retries = 0; ; retries++) {
      const { answer, headers } = await this.#sendAsUser(request, signal);
      if (answer.type === "response" && answer.status < 300) return answer;
      const failure = answer.type === "response" ? await failureOf(answer, { ...request, headers }) : answer;
      const retry = retryOf(request, answer, failure);
      if (retry === undefined || retries >= retry.atMost) return failure;
      waitedMs += retry.waitMs;
      if (waitedMs > (request.maxWaitedMs ?? MAX_WAITED_MS)) return failure;
      await sleep(this.#deps.clock, retry.waitMs, signal);
    }
  }

  async #sendAsUser(request: ApiRequest, signal: AbortSignal): Promise<Exchange> {
    const credential = await unlessAborted(this.#deps.credentials.current(), signal);
    if (isFailure(credential)) return { answer: credential, headers: {} };
    const { headers } = credential;
    const answer = await this.#sendAs(credential, request, signal);
    if (answer.type !== "response" || answer.status !== 401) return { answer, headers };
    const renewed = await unlessAborted(this.#deps.credentials.renewed(credential), signal);
    if (renewed === undefined) return { answer, headers };
    await answer.read(() => {});
    if (isFailure(renewed)) return { answer: renewed, headers: {} };
    return { answer: await this.#sendAs(renewed, request, signal), headers: renewed.headers };
  }

  async #sendAs(
    credential: Credential,
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<HttpResponse | RequestFailure> {
    const { connections, server } = this.#deps;
    const headers = { accept: "application/json", "user-agent": "informd", ...request.headers, ...credential.headers };
    try {
      const dispatcher = await connections.dispatcher(credential.certificate);
      return await exchange(dispatcher, server, { ...request, headers }, signal);
    } catch (error) {
      if (error instanceof CredentialsError) return { type: "credentials", message: error.message };
      throw error;
    }
  }
}

/** True for connections that ended before an answer did. */
function isBrokenConnection({ code }: Unreachable): boolean {
  return code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET";
}

async function failureOf(response: HttpResponse, sent: Parameters<typeof withholdSent>[1]): Promise<RequestFailure> {
  const body = await readText(response, MAX_ERROR_BODY_BYTES);
  const text = typeof body === "string" ? withholdSent(body, sent) : "";
  return statusFromBody(response.status, text, parseRetryAfter(response.header("retry-after")));
}

interface Retry {
  readonly waitMs: number;
  readonly atMost: number;
}

function retryOf(
  { method }: ApiRequest,
  answer: HttpResponse | RequestFailure,
  failure: RequestFailure,
): Retry | undefined {
  if (answer.type === "response") {
    const seconds = parseRetryAfter(answer.header("retry-after"));
    if (seconds === undefined || !maySendAgain(method, answer.status, failure)) return undefined;
    return { waitMs: Math.max(seconds * 1000, MIN_RETRY_WAIT_MS), atMost: MAX_RETRIES };
  }
  if (method !== "GET" || failure.type !== "unreachable" || !isBrokenConnection(failure)) return undefined;
  return { waitMs: MIN_RETRY_WAIT_MS, atMost: MAX_BROKEN_CONNECTION_RETRIES };
}

/**
 * A 429 and a 503 say that nothing was begun. After another 5xx a write may be done: an API server whose etcd timed out answers 500
 * with `Retry-After`, and a second POST would make a second object. client-go (`rest/with_retry.go`) sends those again, too.
 */
function maySendAgain(method: ApiRequest["method"], status: number, failure: RequestFailure): boolean {
  if (status === 429) return !isKeptByBudget(failure);
  return status === 503 || (status >= 500 && method === "GET");
}

/** An eviction that a PodDisruptionBudget stands against can stay so for hours: whoever asked decides (kubectl drain does). */
function isKeptByBudget(failure: RequestFailure): boolean {
  return failure.type === "status" && failure.causes.includes("DisruptionBudget");
}

function isFailure(value: Credential | RequestFailure): value is RequestFailure {
  return "type" in value;
}
