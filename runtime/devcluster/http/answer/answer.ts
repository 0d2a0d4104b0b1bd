import type { JsonRecord } from "#kernel/json-value.ts";
import type { StatusError } from "../../api-status.ts";
import type { WatchSink } from "../../operations/api-operations.ts";
import type { DocumentForm } from "./object-documents.ts";

/** What the server has to say to one request, before it is bytes. */
export type Answer = ValueAnswer | BytesAnswer | WatchAnswer;

export type Headers = Readonly<Record<string, string>>;

export interface ValueAnswer {
  readonly type: "value";
  readonly code: number;
  readonly value: JsonRecord;
  readonly format: "json" | "yaml";
  readonly headers: Headers;
  readonly warnings: readonly string[];
}

export interface BytesAnswer {
  readonly type: "bytes";
  readonly code: number;
  readonly contentType: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface WatchAnswer {
  readonly type: "watch";
  readonly form: DocumentForm;
  /** May throw `StatusError`, before it has called the sink. */
  readonly open: (sink: WatchSink) => () => void;
}

export function value(
  code: number,
  document: JsonRecord,
  format: "json" | "yaml",
  warnings: readonly string[] = [],
): ValueAnswer {
  return { type: "value", code, value: document, format, headers: {}, warnings };
}

export function text(code: number, body: string): BytesAnswer {
  const headers = { "x-content-type-options": "nosniff" };
  return { type: "bytes", code, contentType: "text/plain; charset=utf-8", headers, body: Buffer.from(body) };
}

/** A failed request's answer. */
export function failure({ status }: StatusError, format: "json" | "yaml"): ValueAnswer {
  const { retryAfterSeconds = 0 } = status.details ?? {};
  const headers: Headers = retryAfterSeconds > 0 ? { "retry-after": String(retryAfterSeconds) } : {};
  return { ...value(status.code, { ...status }, format), headers };
}
