import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { buffer } from "node:stream/consumers";
import { isRecord, parseJson } from "#kernel/json-value.ts";
import type { TestedServer } from "./tested-server.ts";

export interface HttpQuestion {
  /** @default "GET" */
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | object;
}

export interface HttpAnswer {
  readonly code: number;
  readonly headers: IncomingMessage["headers"];
  readonly bytes: Buffer;
  /** `undefined` unless the body is JSON. */
  readonly json: unknown;
  /** For a record: code, headers that matter, and the body with sorted keys. */
  readonly shown: string;
}

const PATIENCE_MS = 15_000;
const SHOWN_HEADERS = ["content-type", "content-encoding", "retry-after", "warning", "allow", "location"];

/** One request of the administrator, without a client library between. */
export async function ask(server: TestedServer, question: HttpQuestion): Promise<HttpAnswer> {
  const { method = "GET", path, body } = question;
  const sent = typeof body === "object" ? JSON.stringify(body) : (body ?? "");
  const headers = {
    authorization: `Bearer ${server.token}`,
    accept: "application/json",
    "user-agent": "tester/1.0",
    ...(sent !== "" && { "content-type": "application/json" }),
    "content-length": String(Buffer.byteLength(sent)),
    ...question.headers,
  };
  const { response, bytes } = await exchange({ server, method, path, headers, sent });
  const json = parseJson(bytes.toString());
  const code = response.statusCode ?? 0;
  const shownHeaders = SHOWN_HEADERS.flatMap((name) => {
    const value = response.headers[name];
    return value === undefined ? [] : [`${name}: ${String(value)}`];
  });
  const shownBody = json === undefined ? shownLines(bytes.toString()) : shownJson(json);
  return {
    code,
    headers: response.headers,
    bytes,
    json,
    shown: [`${method} ${path}`, String(code), ...shownHeaders, shownBody].join("\n"),
  };
}

interface Exchange {
  readonly server: TestedServer;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sent: string;
}

async function exchange({
  server,
  method,
  path,
  headers,
  sent,
}: Exchange): Promise<{ response: IncomingMessage; bytes: Buffer }> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { method, ca: server.ca, headers, signal: AbortSignal.timeout(PATIENCE_MS) };
      request(new URL(path, server.url), options, resolve).on("error", reject).end(sent);
    });
    return { response, bytes: await buffer(response) };
  } catch (cause) {
    throw new Error(`Cannot ask ${method} ${path} for ${headers["accept"]}`, { cause });
  }
}

/** The events of a watch, or text as it is. */
function shownLines(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.startsWith("{") ? shownJson(parseJson(line)) : line))
    .join("\n");
}

/** With sorted keys. */
export function shownJson(value: unknown): string {
  const sorted = (_key: string, member: unknown): unknown =>
    isRecord(member) ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1))) : member;
  return JSON.stringify(value, sorted, 2);
}
