import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..", "..");
const TEXT = readFileSync(join(ROOT, "docs", "guarantees.md"), "utf8");

/** "- `tests/…`: title" */
const PROOFS = [...TEXT.matchAll(/^- `(tests\/[^`]+)`: (.+)$/gm)].map(([, file = "", title = ""]) => ({ file, title }));

test("every guarantee names a test", () => {
  const guarantees = TEXT.split(/^\*\*(?=\d\.)/m).slice(1);
  assert.equal(guarantees.length, 8);
  assert.deepEqual(
    guarantees.filter((one) => !/^- `tests\//m.test(one)),
    [],
  );
});

test("the tests that guarantees name are there, by file and title", () => {
  const missing = PROOFS.filter(({ file, title }) => !readFileSync(join(ROOT, file), "utf8").includes(`"${title}"`));
  assert.deepEqual(missing, []);
});
