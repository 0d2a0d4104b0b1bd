import type { LogRecord, LogSink } from "./logger.ts";

/** One JSON object a line: `time` (RFC 3339), `level`, `msg`, the record's fields, and a handler's own fields under `data`. */
export function createJsonSink(write: (line: string) => void): LogSink {
  return (record) => write(`${formatJson(record)}\n`);
}

function formatJson({ time, level, msg, fields, data }: LogRecord): string {
  const head = { time: new Date(time).toISOString(), level, msg };
  const json = JSON.stringify({ ...head, ...fields, ...head, ...(data && { data }) });
  // Within JSON they are text, but readers such as Node's readline end a line there.
  return json.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
