import assert from "node:assert/strict";
import { test } from "node:test";
import { EarlyMessages } from "#sandbox/early-messages.ts";
import type { GuestMessage } from "#sandbox/protocol.ts";

/** How many of so many records, each in a frame of these bytes, are handed over. */
function keptOf(count: number, bytes: number): number {
  const early = new EarlyMessages();
  for (let at = 0; at < count; at++) {
    early.message({ type: "log", run: 0, level: "info", message: String(at), fields: {} }, bytes);
  }
  const kept: GuestMessage[] = [];
  early.deliver({ message: (message) => void kept.push(message) });
  assert.ok(kept.every((message, at) => message.type === "log" && message.message === String(at)));
  return kept.length;
}

test("of what a file writes while it is loaded the first 1,000 records are kept", () => {
  assert.equal(keptOf(999, 100), 999);
  assert.equal(keptOf(5_000, 100), 1_000);
});

test("of what a file writes while it is loaded 1 MiB is kept", () => {
  assert.equal(keptOf(50, 256 * 1024), 4);
  assert.equal(keptOf(1, 7 * 2 ** 20), 0);
});
