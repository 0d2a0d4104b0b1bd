import assert from "node:assert/strict";
import { test } from "node:test";
import { interruptible } from "#cli/run/interruptible.ts";
import type { Terminal } from "#cli/terminal.ts";

/** Stands for signals that a person sends. */
function keyboard() {
  const listening = new Set<(signal: NodeJS.Signals) => void>();
  const terminal: Pick<Terminal, "onStop"> = {
    onStop(stop) {
      listening.add(stop);
      return () => void listening.delete(stop);
    },
  };
  return { terminal, listening, press: () => listening.forEach((stop) => stop("SIGINT")) };
}

test("a job that nobody interrupts ends with its own exit code, and then signals are as before", async () => {
  const { terminal, listening } = keyboard();
  assert.equal(await interruptible(terminal, () => Promise.resolve(1)), 1);
  assert.equal(listening.size, 0);
});

test("an interrupted job is aborted, and its rejection is exit code 130", async () => {
  const { terminal, listening, press } = keyboard();
  const code = interruptible(
    terminal,
    (signal) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error(String(signal.reason))))),
  );
  press();
  assert.equal(await code, 130);
  assert.equal(listening.size, 0);
});

test("an error of a job that nobody interrupted stays one", async () => {
  const { terminal, listening } = keyboard();
  await assert.rejects(
    interruptible(terminal, () => Promise.reject(new Error("broken promise"))),
    /broken promise/,
  );
  assert.equal(listening.size, 0);
});
