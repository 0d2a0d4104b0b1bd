import type { JsonRecord } from "#kernel/json-value.ts";
import type { WatchSink } from "../../operations/api-operations.ts";
import type { DocumentForm } from "./object-documents.ts";

/** What the server has to say to one request, before it is bytes. */
export type Answer = ValueAnswer | BytesAnswer | WatchAnswer;

export interface ValueAnswer {
  readonly type: "value";
  readonly code: number;
  readonly value: JsonRecord;
  readonly format: "json" | "yaml";
  readonly warnings: readonly string[];
}

export interface BytesAnswer {
  readonly type: "bytes";
  readonly code: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
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
  return { type: "value", code, value: document, format, warnings };
}

export function text(code: number, body: string, headers: Readonly<Record<string, string>> = {}): BytesAnswer {
  return {
    type: "bytes",
    code,
    contentType: "text/plain; charset=utf-8",
    body: Buffer.from(body),
    headers: { "x-content-type-options": "nosniff", ...headers },
  };
}
