import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import type { LogFields, LogLevel } from "#observability/logger.ts";
import { DevLogBench, runOf } from "../../support/dev-log-bench.ts";

function linesOf(msg: string, fields: LogFields, level: LogLevel = "info"): string[] {
  return new DevLogBench().tell(msg, fields, level).lines();
}

test("the header stands where the runtime starts", () => {
  assert.deepEqual(linesOf("starting", { server: "https://127.0.0.1:1" }), ["header https://127.0.0.1:1"]);
});

test("a save is one line: how long it took to build, and until it was live", () => {
  const live = { handler: "pod-added", file: "pod-added.ts", afterMs: 5, buildMs: 18, sinceSeenMs: 31 };
  assert.deepEqual(linesOf("handler live", live), ["00:00:00.000 pod-added.ts  built 18 ms · live 31 ms"]);
  const entry = { ...live, handler: "billing/all#late", file: "billing/all.ts", sinceSeenMs: 1431 };
  assert.deepEqual(linesOf("handler live", entry), ["00:00:00.000 billing/all.ts#late  built 18 ms · live 1.4 s"]);
});

test("a broken save shows its place and source, and which revision still runs", async () => {
  const bench = new DevLogBench();
  await bench.clock.advance(62_500);
  bench.tell("handler live", { handler: "pod-added", file: "pod-added.ts", buildMs: 1, sinceSeenMs: 2 }).lines();
  await bench.clock.advance(10_000);
  const failure = {
    handler: "pod-added",
    file: "pod-added.ts",
    line: 2,
    column: 9,
    reason: 'Expected identifier but found "="',
    frame: "> 2 │   const = 1;\n    │         ^",
    others: ["pod-added.ts:9:1 no"],
    serving: true,
  };
  bench.tell("build failed", failure, "error");
  assert.deepEqual(bench.lines(), [
    "00:01:12.500 pod-added does not load",
    '    handlers/pod-added.ts:2:9 Expected identifier but found "="',
    "      > 2 │   const = 1;",
    "          │         ^",
    "    handlers/pod-added.ts:9:1 no",
    "    still running the revision of 00:01:02",
  ]);
});

test("a handler that waits says for what", () => {
  assert.deepEqual(
    linesOf("handler degraded", { handler: "foo", reason: "Cannot watch: no kind", serving: false }, "warn"),
    ["00:00:00.000 foo waits: Cannot watch: no kind"],
  );
});

test("ready counts the handlers that run, wait and do not load", () => {
  assert.deepEqual(linesOf("ready", { live: 3, degraded: 0, failed: 0 }), ["00:00:00.000 ready: 3 live"]);
  assert.deepEqual(linesOf("ready", { live: 3, degraded: 1, failed: 2 }), [
    "00:00:00.000 ready: 3 live, 1 waiting, 2 not loaded",
  ]);
});

test("an empty handlers directory names the command that fills it", () => {
  assert.deepEqual(linesOf("handlers loaded", { handlers: 0, failed: 0 }), [
    "00:00:00.000 there is no handler yet: informd new pod-added writes one",
  ]);
  assert.deepEqual(linesOf("handlers loaded", { handlers: 2, failed: 0 }), []);
});

test("that handlers are awaited is not said beside the line that has just said so", () => {
  assert.deepEqual(linesOf("handlers awaited", { handlers: "/handlers" }, "warn"), []);
});

test("handlers that fail, are quarantined, recover and give up say what happens next", () => {
  const handler = "pod-added";
  assert.deepEqual(linesOf("handler failing", { handler, retryInMs: 5000 }, "error"), [
    "00:00:00.000 pod-added failing: ten runs in a row failed; the next try is in 5 s, or at the next save",
  ]);
  assert.deepEqual(linesOf("handler quarantined", { handler, retryInMs: 60_000 }, "error"), [
    "00:00:00.000 pod-added quarantined: its process died five times in a minute; the next try is in 60 s, or at the next save",
  ]);
  assert.deepEqual(linesOf("handler recovered", { handler }), ["00:00:00.000 pod-added recovered"]);
  assert.deepEqual(linesOf("dead letter", { handler, key: "a/b", attempts: 5, reason: "x", stack: "" }, "error"), [
    "00:00:00.000 pod-added given up a/b: it failed 5 times; told again at its next change or the next save",
  ]);
  assert.deepEqual(linesOf("dead letter", { handler, key: "a/b", attempts: 1, reason: "x", stack: "" }, "error"), [
    "00:00:00.000 pod-added given up a/b: it failed for good; told again at its next change or the next save",
  ]);
  assert.deepEqual(linesOf("dead letter", { handler, type: "deleted", key: "a/b", attempts: 1 }, "error"), [
    "00:00:00.000 pod-added given up a/b: it failed for good",
  ]);
});

test("a handler that goes on failing is told so in fewer words, until it recovers or is saved", () => {
  const bench = new DevLogBench();
  const told = (msg: string): string[] => bench.tell(msg, { handler: "a", retryInMs: 8000 }, "error").lines();
  assert.match(String(told("handler failing")), /: ten runs in a row failed; /);
  assert.deepEqual(told("handler failing"), [
    "00:00:00.000 a still failing; the next try is in 8 s, or at the next save",
  ]);
  assert.match(String(told("handler quarantined")), /: its process died five times in a minute; /);
  assert.deepEqual(told("handler quarantined"), [
    "00:00:00.000 a still quarantined; the next try is in 8 s, or at the next save",
  ]);
  told("handler recovered");
  assert.match(String(told("handler quarantined")), /: its process died five times in a minute; /);
});

test("a process that does not come up is told with the error", () => {
  const fields = { handler: "a", reason: "Cannot start a process: no memory", stack: "", serving: false };
  assert.deepEqual(linesOf("handler refused", fields, "error"), [
    "00:00:00.000 a does not start, and is tried again",
    "    Cannot start a process: no memory",
  ]);
});

test("two files of one id are named", () => {
  const fields = { handler: "a", files: ["a.js", "a.ts"], reason: "rename one of the files" };
  assert.deepEqual(linesOf("handler id taken twice", fields, "error"), [
    "00:00:00.000 a is claimed twice, by a.js and a.ts: rename one of the files",
  ]);
});

test("a save that changes nothing in what runs is one quiet line", () => {
  assert.deepEqual(linesOf("save without effect", { file: "pod-added.ts" }), [
    "00:00:00.000 pod-added.ts  saved, no change in what runs",
  ]);
});

test("files that come, go and are renamed", () => {
  assert.deepEqual(linesOf("handler removed", { handler: "a", forgotten: 0 }), ["00:00:00.000 a removed"]);
  assert.deepEqual(linesOf("handler removed", { handler: "a", forgotten: 3 }), [
    "00:00:00.000 a removed, with work for 3 objects",
  ]);
  assert.deepEqual(linesOf("handler removed", { handler: "a", forgotten: 1 }), [
    "00:00:00.000 a removed, with work for 1 object",
  ]);
  assert.deepEqual(linesOf("handler renamed", { handler: "b", from: "a" }), [
    "00:00:00.000 b goes on under this name, before: a",
  ]);
  assert.deepEqual(linesOf("handler unchanged", { handler: "a" }), [
    "00:00:00.000 a loads again, and is what runs already",
  ]);
});

test("type errors are warnings with their source, and one line tells when they are gone", () => {
  const fields = {
    file: "a.ts",
    line: 1,
    column: 7,
    code: "TS1",
    reason: "no",
    details: "  because",
    frame: "> 1 │ x",
  };
  assert.deepEqual(linesOf("type error", fields, "warn"), [
    "00:00:00.000 type error",
    "    handlers/a.ts:1:7 no (TS1)",
    "      because",
    "      > 1 │ x",
  ]);
  assert.deepEqual(linesOf("more type errors", { count: 4 }, "warn"), ["00:00:00.000 4 more type errors"]);
  assert.deepEqual(linesOf("types mended", {}), ["00:00:00.000 no type errors any more"]);
});

test("an API server that goes away and comes back", () => {
  assert.deepEqual(linesOf("API server unreachable", { server: "s", reason: "ECONNREFUSED" }, "warn"), [
    "00:00:00.000 API server unreachable: ECONNREFUSED",
  ]);
  assert.deepEqual(linesOf("API server reachable", { server: "s" }), ["00:00:00.000 API server reachable"]);
});

test("Ctrl-C leaves no trace of its own on the line that says so", () => {
  const bench = new DevLogBench().tell("stopping", { graceMs: 1000 });
  assert.deepEqual([bench.cleared, bench.lines()], [1, ["00:00:00.000 stopping"]]);
});

test("what goes wrong in the embedded cluster is one line of the log", () => {
  assert.deepEqual(linesOf("embedded cluster failed", { reason: "no such object" }, "error"), [
    "00:00:00.000 the embedded cluster failed at something: no such object",
  ]);
});

test("a throw in a timer is told with its place and the source around it", () => {
  const stack = "Error: later\n    at Timeout.x (pod-added.ts:4:28)";
  const place = { file: "pod-added.ts", line: 4, column: 28, frame: "> 4 │ throw later;\n    │ ^" };
  for (const [known, source] of [
    [{}, []],
    [place, ["      > 4 │ throw later;", "          │ ^"]],
  ] as const) {
    const data = { error: "Error: later", stack, ...known };
    const bench = new DevLogBench().say("unhandled error", { handler: "a" }, data, "error");
    assert.deepEqual(bench.lines(), [
      "00:00:00.000 a unhandled error, which changes no outcome",
      "    handlers/pod-added.ts:4:28 Error: later",
      ...source,
    ]);
  }
});

test("a record without words of its own is shown as it is", () => {
  assert.deepEqual(linesOf("watch frame skipped", { resource: "pods", reason: "no JSON" }, "warn"), [
    '00:00:00.000 watch frame skipped resource=pods reason="no JSON"',
  ]);
});

test("colour changes nothing but colour", () => {
  const show = (colour: boolean): string => {
    const bench = new DevLogBench({ colour });
    bench.tell("handler failed", runOf("a", { durationMs: 3, reason: "x", file: "a.ts", line: 1, column: 1 }), "warn");
    bench.tell("type error", { file: "a.ts", line: 1, column: 1, code: "TS1", reason: "x", frame: "> 1 │ a\n    │ ^" });
    bench.tell("ready", { live: 1, degraded: 1, failed: 1 }).tell("API server unreachable", { reason: "x" }, "warn");
    bench.tell("handler live", { handler: "a", file: "a.ts", buildMs: 1, sinceSeenMs: 1 });
    return bench.lines().join("\n");
  };
  assert.notEqual(show(true), show(false));
  assert.equal(stripVTControlCharacters(show(true)), show(false));
});
