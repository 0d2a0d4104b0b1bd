import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { encodeMessage } from "#sandbox/event-frame.ts";
import { type GuestListener, GuestProcess } from "#sandbox/guest-process.ts";

const GUEST = join(import.meta.dirname, "..", "fixtures", "guests", "asks-twice-and-exits.cjs");

function startGuest(listener: Omit<GuestListener, "receive">): GuestProcess {
  const command = { file: process.execPath, args: [GUEST] };
  return new GuestProcess(command, {}, [], { receive: (work) => work(), ...listener });
}

test("the end of a guest does not wait for the answers to what it has asked", async () => {
  const asked: string[] = [];
  const guest = startGuest({
    message: () => guest.send(encodeMessage({ type: "ping" })),
    read: ({ method }) => (asked.push(method), new Promise(() => {})),
  });
  const { code, violation } = await guest.ended;
  assert.deepEqual({ code, violation, asked }, { code: 7, violation: undefined, asked: ["first"] });
});

test("an answer that fails ends the guest and nobody else", async () => {
  const guest = startGuest({ message: () => {}, read: () => Promise.reject(new Error("no answer")) });
  const { signal, violation } = await guest.ended;
  assert.deepEqual({ signal, violation }, { signal: "SIGKILL", violation: "no answer" });
});
