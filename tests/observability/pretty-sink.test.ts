import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogRecord } from "#observability/logger.ts";
import { createPrettySink } from "#observability/pretty-sink.ts";

function pretty(record: Partial<LogRecord>, colour = false): string {
  const lines: string[] = [];
  const sink = createPrettySink((line) => lines.push(line), { colour });
  sink({ time: Date.UTC(2026, 0, 2, 3, 4, 5, 6), level: "info", msg: "pod added", fields: {}, ...record });
  return lines.join("");
}

test("pretty log shows time, handler, message and facts as key=value", () => {
  const line = pretty({
    fields: { handler: "pod-added", event: "u1/7/added" },
    data: { name: "web", labels: { app: "a b" }, ports: [80] },
  });
  assert.equal(line, '03:04:05.006 pod-added pod added name=web labels={"app":"a b"} ports=[80]\n');
});

test("pretty log puts code frames and stacks on lines of their own", () => {
  const line = pretty({ msg: "build failed", fields: { file: "a.ts", frame: "a.ts:1:2\n  | x" } });
  assert.equal(line, "03:04:05.006 build failed file=a.ts\n    a.ts:1:2\n      | x\n");
});

test("pretty log lets no text steer the terminal", () => {
  const escape = "\u001b[2Jhello\rworld";
  assert.equal(
    pretty({ msg: escape, data: { key: escape, keys: [escape], old: "\u009b2J" } }),
    '03:04:05.006 hello world key="\\u001b[2Jhello\\rworld" keys=["\\u001b[2Jhello\\rworld"] old="\\u009b2J"\n',
  );
});

test("pretty log lets no text turn its direction", () => {
  const turned = "\u202eabc\u2066";
  assert.equal(pretty({ msg: turned, data: { key: turned } }), '03:04:05.006  abc  key="\\u202eabc\\u2066"\n');
});

test("pretty log lets no line of a stack write over itself", () => {
  const stack = "Error: no\r\n    at a.ts:1:1\rdone\u0008";
  assert.ok(pretty({ msg: "handler failed", data: { stack } }).includes("Error: no\n"));
  assert.ok(pretty({ msg: "handler failed", data: { stack } }).includes("at a.ts:1:1 done \n"));
});

test("pretty log has colour only where it is asked for", () => {
  assert.ok(pretty({ level: "error" }, true).includes("\u001b[31m"));
  assert.ok(!pretty({ level: "error" }).includes("\u001b["));
});

test("pretty log shows the end of a run as cause, object, outcome and duration", () => {
  const fields = {
    handler: "pod-added",
    event: "u1/7/added",
    cause: "live",
    key: "prod/web-1",
    attempt: 1,
    durationMs: 12,
  };
  assert.equal(
    pretty({ msg: "handler timed out", fields }),
    "03:04:05.006 pod-added live prod/web-1 timed out 12 ms attempt=1\n",
  );
});
