import assert from "node:assert/strict";
import { test } from "node:test";
import { formatBytes } from "#kernel/format-bytes.ts";

test("bytes are told in the unit that fits, with one decimal where there is one", () => {
  assert.deepEqual([0, 362, 1024, 12_595, 1024 * 1024, 1_600_000].map(formatBytes), [
    "0 B",
    "362 B",
    "1 KiB",
    "12.3 KiB",
    "1 MiB",
    "1.5 MiB",
  ]);
});
