import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { LookupGate } from "#broker/fetch/lookup-gate.ts";
import { NameLookups } from "#broker/fetch/name-lookups.ts";
import { FakeClock } from "../../support/fake-clock.ts";

const WAIT_MS = 10_000;
const ADDRESS = { address: "34.1.2.3", family: 4 };

/** Handlers whose names are looked up until a test answers. */
function slowLookups() {
  const clock = new FakeClock();
  const asked: string[] = [];
  const answers = new Map<string, PromiseWithResolvers<readonly [typeof ADDRESS]>>();
  const resolve = (hostname: string) => {
    asked.push(hostname);
    const answer = Promise.withResolvers<readonly [typeof ADDRESS]>();
    answers.set(hostname, answer);
    return answer.promise;
  };
  const answer = async (hostname: string): Promise<void> => {
    answers.get(hostname)?.resolve([ADDRESS]);
    await turn();
  };
  const gate = new LookupGate(clock, WAIT_MS);
  const handler = (): NameLookups => new NameLookups(resolve, gate);
  return { clock, asked, answers, answer, handler };
}

test("two names are looked up at a time, one for each handler, in the order in which they came", async () => {
  const { handler, asked, answer, answers } = slowLookups();
  const [one, two, three] = [handler(), handler(), handler()];
  const found = [one.lookup("a"), one.lookup("b"), two.lookup("c"), three.lookup("d"), two.lookup("e")];
  assert.deepEqual(asked, ["a", "c"]);
  await answer("c");
  assert.deepEqual(asked, ["a", "c", "d"]);
  answers.get("a")?.reject(new Error("no answer"));
  await assert.rejects(found[0] ?? Promise.resolve(), /no answer/);
  await turn();
  assert.deepEqual(asked, ["a", "c", "d", "b"]);
  for (const name of ["d", "b", "e"]) await answer(name);
  assert.deepEqual(await Promise.all(found.slice(1)), [[ADDRESS], [ADDRESS], [ADDRESS], [ADDRESS]]);
});

test("a handler whose names nobody answers for holds up no other", async () => {
  const { handler, asked, answer } = slowLookups();
  const greedy = handler();
  for (const name of ["a", "b", "c", "d"]) void greedy.lookup(name).catch(() => {});
  for (const name of ["x", "y", "z"]) {
    const found = handler().lookup(name);
    await answer(name);
    assert.deepEqual(await found, [ADDRESS]);
  }
  assert.deepEqual(asked, ["a", "x", "y", "z"]);
});

test("a name that a handler looks up is not looked up a second time for it, and later it is", async () => {
  const { handler, asked, answer } = slowLookups();
  const own = handler();
  const both = [own.lookup("a"), own.lookup("a"), own.lookup("b"), own.lookup("b")];
  await answer("a");
  await answer("b");
  await Promise.all(both);
  void own.lookup("a");
  assert.deepEqual(asked, ["a", "b", "a"]);
});

test("a lookup that has to wait for longer than a connection may take is given up and never begun", async () => {
  const { handler, asked, answer, clock } = slowLookups();
  const [one, two, three] = [handler(), handler(), handler()];
  void one.lookup("a");
  void two.lookup("b");
  const late = assert.rejects(three.lookup("c"), { code: "EAI_AGAIN" });
  await clock.advance(WAIT_MS);
  await late;
  await answer("a");
  void three.lookup("d");
  assert.deepEqual([asked, clock.pending], [["a", "b", "d"], []]);
});
