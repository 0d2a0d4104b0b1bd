import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { sleep } from "#kernel/clock.ts";
import { StatusError } from "../api-status.ts";
import { failure } from "./answer/answer.ts";
import { EventLines } from "./answer/event-lines.ts";
import { reply, type ReplyOptions } from "./answer/reply.ts";
import type { Guard } from "./guard.ts";
import type { InterceptedAnswer } from "./interceptor.ts";
import type { ApiServerDeps } from "./ports.ts";
import type { LogEntry, RequestLog } from "./request-log.ts";
import { formatOf } from "./request/negotiation.ts";
import { readBody } from "./request/body/request-body.ts";
import { internalError } from "./request/request-errors.ts";
import { isTrue, requestInfo } from "./request/request-info.ts";
import type { RouteRequest } from "./route-request.ts";
import { route } from "./route.ts";

export interface RequestHandlerOptions {
  readonly guard: Guard;
  readonly log: RequestLog;
  readonly hangUp: (socket: Socket | null, reset: boolean) => void;
}

/** Takes each request from its connection to its answer. */
export class RequestHandler {
  readonly #deps: ApiServerDeps;
  readonly #options: RequestHandlerOptions;
  readonly #lines = new EventLines();

  constructor(deps: ApiServerDeps, options: RequestHandlerOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { entry, routed } = this.#begin(request);
    response.once("close", () => entry.end(response.headersSent ? response.statusCode : undefined));
    let options = this.#replyOptions(request, response, routed);
    try {
      const refusal = this.#options.guard.refusal(request.headers);
      if (refusal) throw refusal;
      const { delayMs, answer, wrap } = this.#deps.interceptor?.intercept(routed) ?? {};
      options = { ...options, wrap };
      if (delayMs !== undefined && !(await this.#stillThere(response, delayMs))) return;
      if (answer) return answerInstead(response, answer, options);
      await reply(response, await route(routed, this.#deps), options);
    } catch (error) {
      await this.#fail(response, error, formatOf(routed.accept), options);
    }
  }

  #begin(request: IncomingMessage): { entry: LogEntry; routed: RouteRequest } {
    const { method = "", url = "", headers } = request;
    const cut = url.indexOf("?");
    const [path, search] = cut === -1 ? [url, ""] : [url.slice(0, cut), url.slice(cut + 1)];
    const query = new URLSearchParams(search);
    const info = requestInfo(method, path, query);
    const { accept = "", "content-type": contentType = "", "user-agent": userAgent = "" } = headers;
    const entry = this.#options.log.begin({ info, query: search, userAgent });
    const body = async (): Promise<Buffer> => {
      const bytes = await readBody(request);
      entry.body(bytes);
      return bytes;
    };
    return { entry, routed: { info, query, accept, contentType, userAgent, body } };
  }

  #replyOptions({ headers }: IncomingMessage, response: ServerResponse, { info, query }: RouteRequest): ReplyOptions {
    const resource = info.type === "resource" ? this.#deps.resources.find(info) : undefined;
    const encodings = (headers["accept-encoding"] ?? "").split(",").map((one) => one.trim());
    const isForPeople = /^(curl|Wget|Mozilla\/5\.0)/.test(headers["user-agent"] ?? "");
    return {
      lines: this.#lines,
      wrap: undefined,
      pretty: query.has("pretty") ? isTrue(query, "pretty") : isForPeople,
      gzip: encodings.includes("gzip"),
      warnings: [resource?.deprecationWarning ?? []].flat(),
      hangUp: (reset) => this.#options.hangUp(response.socket, reset),
      onError: (error) => this.#deps.onError(error),
    };
  }

  /** Whether the client waits for so long. */
  async #stillThere(response: ServerResponse, delayMs: number): Promise<boolean> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    await sleep(this.#deps.clock, delayMs, gone.signal).catch(() => {});
    return !gone.signal.aborted;
  }

  async #fail(response: ServerResponse, error: unknown, format: "json" | "yaml", options: ReplyOptions): Promise<void> {
    if (!(error instanceof StatusError)) this.#deps.onError(error);
    if (response.headersSent) return void response.destroy();
    const status = error instanceof StatusError ? error : internalError(messageOf(error));
    await reply(response, failure(status, format), options).catch((cause: unknown) => {
      this.#deps.onError(cause);
      response.destroy();
    });
  }
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
