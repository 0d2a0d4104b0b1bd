import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { dump } from "js-yaml";
import type { Interception, ResponseStream } from "../interceptor.ts";
import type { Answer, BytesAnswer, ValueAnswer, WatchAnswer } from "./answer.ts";
import type { EventLines } from "./event-lines.ts";
import { warningHeaders } from "./warnings.ts";
import { WatchBody } from "./watch-body.ts";

export interface ReplyOptions {
  readonly lines: EventLines;
  readonly wrap: Interception["wrap"];
  readonly pretty: boolean;
  readonly gzip: boolean;
  /** Beside those of the answer. */
  readonly warnings: readonly string[];
  readonly hangUp: (reset: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** Sends an answer. Throws what opening a watch throws, while another answer can still be sent. */
export async function reply(response: ServerResponse, answer: Answer, options: ReplyOptions): Promise<void> {
  if (answer.type === "watch") return replyWithWatch(response, answer, options);
  const { code, contentType, body, headers } = answer.type === "value" ? written(answer, options.pretty) : answer;
  const zipped = options.gzip && body.length > GZIP_FROM_BYTES;
  const bytes = zipped ? await compress(body, { level: 1 }) : body;
  setCommonHeaders(response, contentType);
  for (const [name, content] of Object.entries({ ...headers, ...(zipped && GZIP_HEADERS) }))
    response.setHeader(name, content);
  if (answer.type === "value") setWarnings(response, [...options.warnings, ...answer.warnings]);
  response.setHeader("content-length", bytes.length);
  response.statusCode = code;
  const stream = throughFaults(plainBody(response, options), options);
  stream.write(bytes);
  stream.end();
}

/** As the real server. */
const GZIP_FROM_BYTES = 128 * 1024;
const GZIP_HEADERS = { "content-encoding": "gzip", vary: "Accept-Encoding" };
const compress = promisify(gzip);

function replyWithWatch(response: ServerResponse, answer: WatchAnswer, options: ReplyOptions): void {
  let close: (() => void) | undefined;
  let isFirst = true;
  const connection = { hangUp: (reset: boolean) => options.hangUp(reset), tooSlow: () => close?.() };
  const stream = throughFaults(new WatchBody(response, connection), options);
  setCommonHeaders(response, "application/json");
  setWarnings(response, options.warnings);
  close = answer.open({
    event(event) {
      try {
        stream.write(options.lines.line(event, answer.form, isFirst), event);
        isFirst = false;
      } catch (error) {
        // Whoever tells the event tells others too.
        options.onError(error);
        response.destroy();
      }
    },
    end: () => stream.end(),
  });
  if (response.destroyed) return close();
  // The request's own "close" comes as soon as its body is read.
  response.once("close", close);
  if (!response.headersSent) response.flushHeaders();
}

function setCommonHeaders(response: ServerResponse, contentType: string): void {
  response.setHeader("audit-id", randomUUID());
  response.setHeader("cache-control", "no-cache, private");
  response.setHeader("content-type", contentType);
}

function setWarnings(response: ServerResponse, warnings: readonly string[]): void {
  if (warnings.length > 0) response.setHeader("warning", warningHeaders(warnings));
}

function throughFaults(stream: ResponseStream, { wrap }: ReplyOptions): ResponseStream {
  return wrap ? wrap(stream) : stream;
}

function plainBody(response: ServerResponse, options: ReplyOptions): ResponseStream {
  return {
    write: (bytes) => void response.write(bytes),
    end: () => void response.end(),
    hangUp: (reset) => options.hangUp(reset),
  };
}

function written({ code, value, format, headers }: ValueAnswer, pretty: boolean): BytesAnswer {
  const body =
    format === "yaml" ? dump(value, YAML) : pretty ? JSON.stringify(value, null, 2) : `${JSON.stringify(value)}\n`;
  return { type: "bytes", code, contentType: `application/${format}`, body: Buffer.from(body), headers };
}

const YAML = { sortKeys: true, noRefs: true, lineWidth: -1, seqNoIndent: true, quoteStyle: "double" } as const;
