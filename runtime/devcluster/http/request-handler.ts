import type { IncomingMessage, ServerResponse } from "node:http";
import { sleep } from "#kernel/clock.ts";
import { StatusError } from "../api-status.ts";
import { value, type Answer } from "./answer/answer.ts";
import { EventLines } from "./answer/event-lines.ts";
import type { Guard } from "./guard.ts";
import type { Interception, InterceptedAnswer } from "./interceptor.ts";
import { formatOf } from "./request/negotiation.ts";
import type { ApiServerDeps } from "./ports.ts";
import { reply, type ReplyOptions } from "./answer/reply.ts";
import { readBody } from "./request/request-body.ts";
import { internalError } from "./request/request-errors.ts";
import { requestInfo } from "./request/request-info.ts";
import type { LogEntry, RequestLog } from "./request-log.ts";
import { route } from "./route.ts";
import type { RouteRequest } from "./route-request.ts";

export interface RequestHandlerOptions {
  readonly guard: Guard;
  readonly log: RequestLog;
}

/** Takes each request from its connection to its answer. */
export class RequestHandler {
  readonly #deps: ApiServerDeps;
  readonly #guard: Guard;
  readonly #log: RequestLog;
  readonly #lines = new EventLines();

  constructor(deps: ApiServerDeps, { guard, log }: RequestHandlerOptions) {
    this.#deps = deps;
    this.#guard = guard;
    this.#log = log;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { entry, routed } = this.#begin(request);
    // The request's own "close" comes as soon as its body is read.
    response.once("close", () => entry.end(response.headersSent ? response.statusCode : undefined));
    const refusal = this.#guard.refusal(request.headers);
    const interception = refusal ? undefined : this.#deps.interceptor?.intercept(routed);
    const options = this.#replyOptions(request, response, interception);
    try {
      if (refusal) throw refusal;
      if (interception?.delayMs !== undefined) await sleep(this.#deps.clock, interception.delayMs);
      if (interception?.answer) return answerInstead(response, interception.answer, options);
      await reply(response, await route(routed, this.#deps), options);
    } catch (error) {
      await this.#replyWithFailure(response, error, formatOf(routed.accept), options);
    }
  }

  #begin(request: IncomingMessage): { entry: LogEntry; routed: RouteRequest } {
    const { method = "", url = "", headers } = request;
    const cut = url.indexOf("?");
    const [path, search] = cut === -1 ? [url, ""] : [url.slice(0, cut), url.slice(cut + 1)];
    const query = new URLSearchParams(search);
    const info = requestInfo(method, path, query);
    const userAgent = headers["user-agent"] ?? "";
    const entry = this.#log.begin({ info, method, query: search, userAgent });
    const body = async (): Promise<Buffer> => {
      const bytes = await readBody(request);
      entry.body(bytes);
      return bytes;
    };
    const { accept = "", "content-type": contentType = "" } = headers;
    return { entry, routed: { info, query, accept, contentType, userAgent, body } };
  }

  #replyOptions(
    { headers }: IncomingMessage,
    response: ServerResponse,
    interception: Interception | undefined,
  ): ReplyOptions {
    return {
      lines: this.#lines,
      wrap: interception?.wrap,
      pretty: /^(curl|Wget|Mozilla\/5\.0)/.test(headers["user-agent"] ?? ""),
      gzip: /\bgzip\b/.test(headers["accept-encoding"] ?? ""),
      hangUp: (reset) => void (reset ? response.socket?.resetAndDestroy() : response.socket?.destroy()),
    };
  }

  async #replyWithFailure(
    response: ServerResponse,
    error: unknown,
    format: "json" | "yaml",
    options: ReplyOptions,
  ): Promise<void> {
    if (!(error instanceof StatusError)) this.#deps.onError(error);
    if (response.headersSent) return void response.destroy();
    await reply(response, failure(error, format), options);
  }
}

function failure(error: unknown, format: "json" | "yaml"): Answer {
  const { status } =
    error instanceof StatusError ? error : internalError(error instanceof Error ? error.message : String(error));
  return value(status.code, { ...status }, format);
}

function answerInstead(response: ServerResponse, answer: InterceptedAnswer, { hangUp }: ReplyOptions): void {
  switch (answer.type) {
    case "status":
      response.writeHead(answer.code, { ...answer.headers }).end(answer.body);
      break;
    case "hang-up":
      hangUp(answer.reset);
      break;
    case "stall":
  }
}
