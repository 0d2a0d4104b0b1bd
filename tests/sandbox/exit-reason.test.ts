import assert from "node:assert/strict";
import { test } from "node:test";
import { exitReason } from "#sandbox/exit-reason.ts";

const END = { code: null, signal: null, stderr: "", violation: undefined };
const MEMORY_BYTES = 64 * 2 ** 20;

const CASES = [
  [
    "V8 without heap",
    { signal: "SIGABRT", stderr: "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory" },
    "out of memory (64 MiB)",
  ],
  [
    "V8 at the limit of its process",
    { signal: "SIGTRAP", stderr: "# Fatal process out of memory" },
    "out of memory (64 MiB)",
  ],
  ["the kernel's killer", { signal: "SIGKILL" }, "killed by the system (memory)"],
  ["a crash", { signal: "SIGSEGV" }, "crashed (SIGSEGV)"],
  ["an exit", { code: 7 }, "exited (code 7)"],
  ["a start that failed", { stderr: "spawn ENOENT" }, "could not be started: spawn ENOENT"],
  ["a broken protocol", { signal: "SIGKILL", violation: "no JSON" }, "broke the protocol: no JSON"],
] as const;

for (const [name, end, reason] of CASES) {
  test(`the reason of ${name} is "${reason}"`, () => {
    assert.equal(exitReason({ ...END, ...end }, MEMORY_BYTES), reason);
  });
}
