import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTscOutput } from "#authoring/types/tsc-output.ts";

test("each finding has its place, its code and its message", () => {
  const { findings } = parseTscOutput(
    "pod-added.ts(6,61): error TS2551: Property 'nodeNam' does not exist.\n../lib/a (1).ts(1,2): error TS1: x\n",
  );
  assert.deepEqual(findings, [
    {
      file: "pod-added.ts",
      line: 6,
      column: 61,
      code: "TS2551",
      message: "Property 'nodeNam' does not exist.",
      details: "",
    },
    { file: "../lib/a (1).ts", line: 1, column: 2, code: "TS1", message: "x", details: "" },
  ]);
});

test("indented lines explain the finding before them", () => {
  const { findings } = parseTscOutput(
    "a.ts(1,1): error TS2322: no\n  Type 'a'.\r\n    Type 'b'.\nb.ts(1,1): error TS1: x",
  );
  assert.deepEqual(
    findings.map(({ details }) => details),
    ["  Type 'a'.\n    Type 'b'.", ""],
  );
});

test("what has no place is a complaint", () => {
  assert.deepEqual(parseTscOutput("error TS5023: Unknown compiler option 'x'.\n"), {
    findings: [],
    complaints: ["Unknown compiler option 'x'."],
  });
});

test("whatever else is printed is left out", () => {
  assert.deepEqual(parseTscOutput("hello\n\n"), { findings: [], complaints: [] });
});
