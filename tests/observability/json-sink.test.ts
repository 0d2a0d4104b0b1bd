import assert from "node:assert/strict";
import { test } from "node:test";
import { createJsonSink } from "#observability/json-sink.ts";
import type { LogRecord } from "#observability/logger.ts";

const RECORD: LogRecord = { time: Date.UTC(2026, 0, 2, 3, 4, 5, 6), level: "info", msg: "ready", fields: {} };

function lineOf(record: Partial<LogRecord>): string {
  const lines: string[] = [];
  createJsonSink((line) => lines.push(line))({ ...RECORD, ...record });
  return lines.join("");
}

test("JSON log writes time, level and msg first, one record a line", () => {
  assert.equal(
    lineOf({ fields: { handlers: 3 } }),
    '{"time":"2026-01-02T03:04:05.006Z","level":"info","msg":"ready","handlers":3}\n',
  );
});

test("JSON log keeps a handler's own fields under data", () => {
  const record: unknown = JSON.parse(lineOf({ fields: { handler: "pod-added" }, data: { name: "web" } }));
  assert.deepEqual(record, {
    time: "2026-01-02T03:04:05.006Z",
    level: "info",
    msg: "ready",
    handler: "pod-added",
    data: { name: "web" },
  });
});

test("JSON log does not let fields replace time, level or msg", () => {
  const record: unknown = JSON.parse(lineOf({ fields: { msg: "forged", level: "none", time: "never" } }));
  assert.deepEqual(record, { time: "2026-01-02T03:04:05.006Z", level: "info", msg: "ready" });
});

for (const [name, end] of [
  ["newline", "\n"],
  ["line separator", "\u2028"],
  ["paragraph separator", "\u2029"],
] as const) {
  test(`JSON log keeps a message with a ${name} on one line`, () => {
    const msg = `a${end}{"msg":"forged"}`;
    const [line = "", ...others] = lineOf({ msg })
      .trimEnd()
      .split(/[\n\r\u2028\u2029]/);
    assert.deepEqual(others, []);
    assert.partialDeepStrictEqual(JSON.parse(line), { msg });
  });
}
