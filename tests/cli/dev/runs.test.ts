import assert from "node:assert/strict";
import { test } from "node:test";
import { codeFrame } from "#kernel/code-frame.ts";
import type { LogFields } from "#observability/logger.ts";
import { DevLogBench, originOf, runOf } from "../../support/dev-log-bench.ts";

const FAILURE = {
  reason: "TypeError: no",
  file: "_team.ts",
  line: 2,
  column: 3,
  frame: "  1 │ a\n> 2 │   b\n    │   ^",
  stack: [
    "TypeError: no",
    "    at team (_team.ts:2:3)",
    "    at podAdded (pod-added.ts:9:5)",
    "    at x (../node_modules/x/index.js:1:1)",
    "    at node:internal/process:1:1",
  ].join("\n"),
};

test("a run is one line, and what it logged and wrote stands under it", () => {
  const bench = new DevLogBench();
  bench.tell("handler started", runOf("a"), "debug");
  bench.say("pod added", originOf("a"), { name: "a" }).say("careful", originOf("a"), {}, "warn");
  const patch = { ...originOf("a"), verb: "patch", resource: "pods", audit: true };
  bench.tell("kube write", { ...patch, namespace: "prod", name: "a", result: "ok", dryRun: true });
  bench.tell("kube write", { ...patch, name: "b", result: "ok", dryRun: false });
  bench.tell("kube write", { ...patch, verb: "create", result: "AlreadyExists", dryRun: false });
  bench.tell("kube call refused", { ...patch, resource: "pods/status", name: "c", reason: "long" }, "warn");
  assert.deepEqual(bench.lines(), []);
  bench.tell("handler done", runOf("a", { durationMs: 12 }), "debug");
  assert.deepEqual(bench.lines(), [
    "00:00:00.000 pod-added live default/a done 12 ms",
    "    pod added name=a",
    "    warn careful",
    '    dry run, not kept: patch pods "a" in namespace "prod"',
    '    wrote: patch pods "b"',
    "    not written (AlreadyExists): create pods",
    '    not allowed: patch pods/status "c"',
  ]);
});

test("runs that go on side by side keep their records apart", () => {
  const bench = new DevLogBench();
  for (const name of ["a", "b"]) bench.tell("handler started", runOf(name), "debug");
  for (const name of ["a", "b", "a"]) bench.say(`of ${name}`, originOf(name));
  for (const name of ["b", "a"]) bench.tell("handler done", runOf(name, { durationMs: 1 }), "debug");
  assert.deepEqual(bench.lines(), [
    "00:00:00.000 pod-added live default/b done 1 ms",
    "    of b",
    "00:00:00.000 pod-added live default/a done 1 ms",
    "    of a",
    "    of a",
  ]);
});

test("a run that takes longer than two seconds is shown with what it has logged, and then as it goes", async () => {
  const bench = new DevLogBench();
  bench.tell("handler started", runOf("a"), "debug").say("step 1", originOf("a"));
  await bench.clock.advance(1999);
  assert.deepEqual(bench.lines(), []);
  await bench.clock.advance(1);
  assert.deepEqual(bench.lines(), ["00:00:00.000 pod-added live default/a running", "    step 1"]);
  bench.say("step 2", originOf("a"));
  assert.deepEqual(bench.lines(), ["    pod-added default/a step 2"]);
  bench.tell("handler done", runOf("a", { durationMs: 2500 }), "debug");
  assert.deepEqual(bench.lines(), ["00:00:02.000 pod-added live default/a done 2500 ms"]);
});

test("a long run that is silent is shown when it says something", async () => {
  const bench = new DevLogBench();
  bench.tell("handler started", runOf("a"), "debug");
  await bench.clock.advance(3000);
  assert.deepEqual(bench.lines(), []);
  bench.say("at last", originOf("a"));
  assert.deepEqual(bench.lines(), ["00:00:03.000 pod-added live default/a running", "    at last"]);
});

test("the event's type is told where neither the handler's name nor the cause tells it", () => {
  const bench = new DevLogBench();
  const end = (handler: string, cause: string, type: string): string[] => {
    const record = { handler, cause, type, key: "a", event: "e", attempt: 1, durationMs: 1 };
    return bench.tell("handler done", record, "debug").lines();
  };
  assert.deepEqual(end("pods", "live", "deleted"), ["00:00:00.000 pods live a done 1 ms type=deleted"]);
  assert.deepEqual(end("pods", "relist", "added"), ["00:00:00.000 pods relist a done 1 ms type=added"]);
  assert.deepEqual(end("pods", "initial", "added"), ["00:00:00.000 pods initial a done 1 ms"]);
  assert.deepEqual(end("web/pod-deleted#late", "live", "deleted"), [
    "00:00:00.000 web/pod-deleted#late live a done 1 ms",
  ]);
});

test("lines are broken between words where the terminal ends, and source is cut around its place", () => {
  const bench = new DevLogBench({ columns: 60 });
  bench.tell("handler started", runOf("a"), "debug");
  bench.say("pod added", originOf("a"), { name: "web-6dc649d777-jz6jp", images: ["example/web:1.0.0"], pods: 10 });
  const failure = (column: number): LogFields => {
    const frame = `> 1 │ ${"x ".repeat(40)}\n    │ ${" ".repeat(column - 1)}^`;
    return runOf("a", { durationMs: 12, reason: "Error: no", file: "a.ts", line: 1, column, frame });
  };
  bench.tell("handler failed", failure(1), "warn");
  assert.deepEqual(bench.lines(), [
    "00:00:00.000 pod-added live default/a failed 12 ms",
    "    pod added name=web-6dc649d777-jz6jp",
    '        images=["example/web:1.0.0"] pods=10',
    "    handlers/a.ts:1:1 Error: no",
    `      > 1 │ ${"x ".repeat(23)}x…`,
    "          │ ^",
  ]);
  bench.tell("handler failed", failure(79), "warn");
  const [source = "", caret = ""] = bench.lines().slice(-2);
  assert.deepEqual([source, caret], ["      > 1 │ … x x x x x x x x x x x x", `          │ ${" ".repeat(24)}^`]);
  assert.equal(source[caret.indexOf("^")], "x");
});

test("a tab in source is two columns, so that rows fit and the caret stands under its place", () => {
  const shown = (code: string): string[] => {
    const frame = codeFrame(code, { line: 1, column: code.indexOf("b") + 1 });
    const failure = runOf("a", { durationMs: 12, reason: "Error: no", file: "a.ts", line: 1, frame });
    return new DevLogBench({ columns: 60 }).tell("handler failed", failure, "warn").lines().slice(-2);
  };
  assert.deepEqual(shown("\t\tif (a)\tb();"), ["      > 1 │     if (a)  b();", "          │             ^"]);
  for (const code of ["\t".repeat(24) + "b" + "c".repeat(40), "\t".repeat(80) + "b\t\t" + "c".repeat(40)]) {
    const [source = "", caret = ""] = shown(code);
    assert.equal(source[caret.indexOf("^")], "b");
    assert.ok(source.length <= 60 && caret.length <= 60);
  }
});

test("a run that logs very much is shown at once", () => {
  const bench = new DevLogBench();
  bench.tell("handler started", runOf("a"), "debug");
  for (let at = 0; at < 200; at++) bench.say(`step ${at}`, originOf("a"));
  assert.equal(bench.lines().length, 201);
});

test("a failed run shows where, the source, its own frames and when it is tried again", () => {
  const bench = new DevLogBench();
  bench.tell("handler failed", runOf("a", { durationMs: 3, ...FAILURE, retryInMs: 1234 }), "warn");
  assert.deepEqual(bench.lines(), [
    "00:00:00.000 pod-added live default/a failed 3 ms",
    "    handlers/_team.ts:2:3 TypeError: no",
    "        1 │ a",
    "      > 2 │   b",
    "          │   ^",
    "      at team (handlers/_team.ts:2:3)",
    "      at podAdded (handlers/pod-added.ts:9:5)",
    "    tried again in 1.2 s",
  ]);
});

test("the same failure again is told without its source, until the handler is saved or runs well", () => {
  const bench = new DevLogBench();
  const fail = (attempt: number): string[] => {
    bench.tell("handler failed", runOf("a", { durationMs: 3, ...FAILURE, attempt }), "warn");
    return bench.lines();
  };
  assert.equal(fail(1).length, 7);
  assert.deepEqual(fail(2), [
    "00:00:00.000 pod-added live default/a failed 3 ms attempt=2",
    "    handlers/_team.ts:2:3 TypeError: no",
  ]);
  bench.tell("handler live", { handler: "pod-added", file: "pod-added.ts", buildMs: 1, sinceSeenMs: 2 }).lines();
  assert.equal(fail(1).length, 7);
});

test("objects that fail at one place, each with a reason of its own, show the source once", () => {
  const bench = new DevLogBench();
  const failOf = (name: string): string[] => {
    const reason = `NotAllowedError: Cannot patch pods "${name}"`;
    bench.tell("handler failed", runOf(name, { durationMs: 3, ...FAILURE, reason }), "warn");
    return bench.lines();
  };
  assert.equal(failOf("a").length, 7);
  assert.deepEqual(failOf("b"), [
    "00:00:00.000 pod-added live default/b failed 3 ms",
    '    handlers/_team.ts:2:3 NotAllowedError: Cannot patch pods "b"',
  ]);
});

test("a run that is over time or whose process died says so", () => {
  const bench = new DevLogBench();
  const reason = "TimeoutError: timed out after 30000 ms: its event loop was blocked";
  bench.tell("handler timed out", runOf("a", { durationMs: 30_500, reason, stack: reason, retryInMs: 900 }), "warn");
  assert.deepEqual(bench.lines(), [
    "00:00:00.000 pod-added live default/a timed out 30500 ms",
    `    ${reason}`,
    "    tried again in 900 ms",
  ]);
});

test("a handler's words cannot steer the terminal", () => {
  const bench = new DevLogBench();
  bench.say("\u001b[2Jgone\nnext", { handler: "pod-added" }, { a: "\u001b[31mred" });
  assert.deepEqual(bench.lines(), ['00:00:00.000 pod-added gone next a="\\u001b[31mred"']);
});

test("what is held is shown when the log is closed", () => {
  const bench = new DevLogBench();
  bench.tell("handler started", runOf("a"), "debug").say("half", originOf("a"));
  bench.log.close();
  assert.deepEqual(bench.lines(), ["00:00:00.000 pod-added live default/a running", "    half"]);
  assert.deepEqual(bench.clock.pending, []);
});
