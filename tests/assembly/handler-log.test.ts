import assert from "node:assert/strict";
import { test } from "node:test";
import { createHandlerLog, createRunLog, type RunLogOptions } from "#assembly/log/handler-log.ts";
import type { Run } from "#dispatch/ports.ts";
import { createLogger } from "#observability/create-logger.ts";
import type { LogFields, LogRecord } from "#observability/logger.ts";
import type { SupervisorObserver } from "#supervisor/observer.ts";
import { PODS } from "../support/dispatch-bench.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { pod, rawObject } from "../support/objects.ts";
import { revision } from "../support/revisions.ts";

const RUN: Run = {
  number: 1,
  revision: 1,
  delivery: {
    id: "u1/7/added",
    type: "added",
    resource: PODS,
    object: rawObject(pod({ name: "web-1", namespace: "prod" })),
    old: undefined,
    finalStateUnknown: false,
    cause: "live",
    attempt: 1,
    observedAt: 0,
  },
};

function recordsOfDoneRun(runLog: RunLogOptions["runLog"]): LogRecord[] {
  const records: LogRecord[] = [];
  const logger = createLogger((record) => records.push(record), new FakeClock());
  createRunLog(logger, () => "pod-added", { runLog }).ended(RUN, { type: "done" }, { type: "finished" }, 12.4);
  return records;
}

test("a run that went well is told to people who look on", () => {
  const [record] = recordsOfDoneRun("ends");
  assert.deepEqual([record?.level, record?.msg], ["debug", "handler done"]);
  assert.deepEqual(record?.fields, {
    handler: "pod-added",
    event: "u1/7/added",
    type: "added",
    cause: "live",
    key: "prod/web-1",
    attempt: 1,
    durationMs: 12,
  });
});

test("a run that went well is no record of the JSON log", () => assert.deepEqual(recordsOfDoneRun("failures"), []));

test("whoever looks closely is told when a run begins and how each one ends", () => {
  const records: LogRecord[] = [];
  const logger = createLogger((record) => records.push(record), new FakeClock());
  const log = createRunLog(logger, () => "pod-added", { runLog: "everything" });
  log.started(RUN);
  log.ended(RUN, { type: "skipped" }, { type: "finished" }, 1);
  log.ended(RUN, { type: "innocent" }, { type: "retry", attempt: 1, inMs: 0 }, 1);
  assert.deepEqual(
    records.map(({ msg, fields }) => [msg, fields["key"]]),
    [
      ["handler started", "prod/web-1"],
      ["handler skipped", "prod/web-1"],
      ["handler interrupted", "prod/web-1"],
    ],
  );
});

test("a failed run names its place, and for people its source", () => {
  const at = { file: "pod-added.ts", line: 2, column: 3 };
  const error = { name: "Error", message: "no", stack: "Error: no", at, frame: "> 2 │ x" };
  const fieldsOf = (runLog: RunLogOptions["runLog"]): object => {
    const records: LogRecord[] = [];
    const logger = createLogger((record) => records.push(record), new FakeClock());
    const log = createRunLog(logger, () => "pod-added", { runLog });
    log.ended(RUN, { type: "failed", error }, { type: "retry", attempt: 2, inMs: 7 }, 1);
    const { reason, file, line, column, frame, retryInMs } = records[0]?.fields ?? {};
    return { reason, file, line, column, frame, retryInMs };
  };
  assert.deepEqual(fieldsOf("failures"), { reason: "Error: no", ...at, frame: undefined, retryInMs: 7 });
  assert.deepEqual(fieldsOf("ends"), { reason: "Error: no", ...at, frame: "> 2 │ x", retryInMs: 7 });
});

test("a save that does not load has its source where there is a place, and no such member where there is none", () => {
  const problem = { file: "a.ts", line: 1, column: 1, reason: "no default export" };
  const frameOf = (frame: string): unknown =>
    loadRecord((log) => log.buildFailed({ file: "a.ts", handlers: [], problems: [{ ...problem, frame }] }))["frame"];
  assert.equal(frameOf("> 1 │ x"), "> 1 │ x");
  const record = loadRecord((log) =>
    log.buildFailed({ file: "a.ts", handlers: [], problems: [{ ...problem, frame: "" }] }),
  );
  assert.deepEqual(record, { handler: "a", ...problem, serving: false, audit: true });
});

test("two files of one id belong to the audit, as none of them may run", () => {
  const record = loadRecord((log) => log.conflict({ handler: "a", files: ["a.js", "a.ts"] }));
  assert.deepEqual([record["files"], record["audit"]], [["a.js", "a.ts"], true]);
});

test("a process that does not come up is told in the runtime's words, and what the handler's code threw with its name", () => {
  const error = {
    name: "",
    message: "Cannot start handler process: no memory",
    stack: "",
    code: undefined,
    at: undefined,
  };
  const reasonOf = (name: string): unknown =>
    loadRecord((log) => log.refused(revision({ handler: "a", code: "" }), { ...error, name }, false))["reason"];
  assert.equal(reasonOf(""), "Cannot start handler process: no memory");
  assert.equal(reasonOf("TypeError"), "TypeError: Cannot start handler process: no memory");
});

function loadRecord(tell: (log: SupervisorObserver) => void): LogFields {
  const records: LogRecord[] = [];
  tell(createHandlerLog(createLogger((record) => records.push(record), new FakeClock())));
  return records[0]?.fields ?? {};
}
