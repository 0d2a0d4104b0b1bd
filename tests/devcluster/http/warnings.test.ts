import assert from "node:assert/strict";
import test from "node:test";
import { warningHeaders } from "#devcluster/http/answer/warnings.ts";

test("quotes and backslashes in a warning are escaped, control characters left out", () => {
  assert.deepEqual(warningHeaders(['a "b" \\ \u0001\n']), [String.raw`299 - "a \"b\" \\ "`]);
});

test("a warning is UTF-8 on the wire", () => {
  assert.deepEqual(warningHeaders(["é"]), ['299 - "Ã©"']);
});

test("a long warning stays whole while all fit", () => {
  assert.deepEqual(warningHeaders(["x".repeat(300)]), [`299 - "${"x".repeat(300)}"`]);
});

test("more than 4096 characters are cut: each warning to 256, and then the last ones", () => {
  const warnings = Array.from({ length: 40 }, (_, index) => `${index}`.padEnd(300, "x"));

  const headers = warningHeaders(warnings);

  assert.equal(headers.length, 16);
  assert.equal(headers[0], `299 - "${"0".padEnd(256, "x")}"`);
});
