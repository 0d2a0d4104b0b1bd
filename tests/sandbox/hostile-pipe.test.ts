import assert from "node:assert/strict";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { ProcessSandboxPool } from "#sandbox/sandbox-pool.ts";
import { program, serve } from "../support/sandbox-rig.ts";

const GUESTS = join(import.meta.dirname, "..", "fixtures", "guests");

function poolOf(t: TestContext, guest: string): ProcessSandboxPool {
  const boot = join(GUESTS, `${guest}.cjs`);
  const pool = new ProcessSandboxPool(systemClock, { bundle: { boot, program: boot, codeCache: undefined } });
  t.after(() => pool.close());
  return pool;
}

const ENDS = [
  ["announces a huge frame", /^broke the protocol: .*2147483647 bytes announced/],
  ["sends no JSON", /^broke the protocol: a message that is no JSON object/],
  ["sends a list", /^broke the protocol: a message that is no JSON object/],
  ["sends an unknown type", /^broke the protocol: a message of an unknown type/],
  ["ends a run that does not exist", /^broke the protocol: the end of run 99/],
  ["loads twice", /^broke the protocol: "loaded" while serving/],
  ["forges a log without a message", /^broke the protocol: "message" is no text/],
  ["calls more often than allowed", /^broke the protocol: more than 64 calls/],
  ["logs what is too deep", /^broke the protocol: a message that is nested more than 1000 deep/],
  ["asks without a method", /^broke the protocol: "method" is no text/],
  ["announces a huge read", /^broke the protocol: .*2147483647 bytes announced/],
  ["asks with more than a question has", /^broke the protocol: .*262145 bytes announced, the limit is 262144/],
  ["asks without waiting for answers", /^broke the protocol: a read before the answer to the last one/],
  ["reads no answer", /^broke the protocol: more than 64 MiB unread/],
  ["exits with code 7", /^exited \(code 7\)$/],
  ["dies of a segmentation fault", /^crashed \(SIGSEGV\)$/],
  ["is killed by the kernel", /^killed by the system \(memory\)$/, "outOfMemory"],
] as const;

const MIB = JSON.stringify("x".repeat(2 ** 20));
const UNANSWERED = () => new Promise<string>(() => {});
const answersOf = (name: string) => (name === "reads no answer" ? async () => `[${MIB},${MIB}]` : UNANSWERED);

for (const [name, reason, exit = "crashed"] of ENDS) {
  test(`a guest that ${name} is ended and its run has crashed`, async (t) => {
    const { run, sandbox } = await serve(poolOf(t, "hostile"), "logs-object", {
      call: answersOf(name),
      read: () => MIB,
    });
    const end = await run(name);
    assert.match(end.type === "crashed" ? end.reason : end.type, reason);
    assert.equal((await sandbox.exited).type, exit);
  });
}

test("a guest that calls on and reads no answer is not listened to any more", async (t) => {
  let calls = 0;
  const call = async () => (calls++, MIB);
  const { run } = await serve(poolOf(t, "hostile"), "logs-object", { call });
  assert.deepEqual(await run("calls on and reads no answer", 1_000), { type: "timedOut", how: "blocked" });
  // Those of 16 MiB of answers, and what was read with the last of them.
  assert.ok(calls < 64, `${calls} calls`);
});

test("a guest that keeps the host busy with its messages is not listened to for a while", async (t) => {
  let taken = 0;
  const hostTime = {
    get waitMs() {
      return taken < 10 ? 0 : 60_000;
    },
    spend: <T>(work: () => T): T => (taken++, work()),
    heldBack: () => {},
  };
  const { run } = await serve(poolOf(t, "hostile"), "logs-object", { hostTime, call: UNANSWERED });
  assert.deepEqual(await run("logs on and on", 1_000), { type: "timedOut", how: "blocked" });
  // And what was read with the last of them.
  assert.ok(taken < 64, `${taken} messages`);
});

test("calls with large arguments are refused while others like them wait, and the run ends all the same", async (t) => {
  let calls = 0;
  const call = () => (calls++, UNANSWERED());
  const { run } = await serve(poolOf(t, "hostile"), "logs-object", { call });
  assert.equal((await run("calls with large arguments")).type, "returned");
  assert.equal(calls, 3);
});

test("a guest that floods stderr is drained and goes on", async (t) => {
  const { run } = await serve(poolOf(t, "hostile"), "logs-object");
  assert.equal((await run("floods stderr")).type, "returned");
});

for (const [title, guest, reason] of [
  [
    "a guest that can do what it must not is refused",
    "fails-its-self-test",
    "Cannot start a sandbox: it can read files",
  ],
  [
    "a guest that exits while starting is refused",
    "exits-while-starting",
    "Cannot start a sandbox: it exited (code 3)",
  ],
] as const) {
  test(title, async (t) => {
    const result = await poolOf(t, guest).inspect(program("logs-object"), "vm2", new AbortController().signal);
    assert.equal(result.type === "failed" && result.error.message, reason);
  });
}
