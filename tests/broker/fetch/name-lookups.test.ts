import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { NameLookups } from "#broker/fetch/name-lookups.ts";
import { FakeClock } from "../../support/fake-clock.ts";

const WAIT_MS = 10_000;
const ADDRESS = { address: "34.1.2.3", family: 4 };

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
  const answer = (hostname: string): void => answers.get(hostname)?.resolve([ADDRESS]);
  return { clock, asked, answers, answer, lookups: new NameLookups({ clock, resolve }, WAIT_MS) };
}

test("two names are looked up at a time, and the others in the order in which they came", async () => {
  const { lookups, asked, answer, answers } = slowLookups();
  const found = ["a", "b", "c", "d"].map((name) => lookups.lookup(name));
  assert.deepEqual(asked, ["a", "b"]);
  answer("b");
  await found[1];
  await turn();
  assert.deepEqual(asked, ["a", "b", "c"]);
  answers.get("a")?.reject(new Error("no answer"));
  await assert.rejects(found[0] ?? Promise.resolve(), /no answer/);
  await turn();
  assert.deepEqual(asked, ["a", "b", "c", "d"]);
  answer("c");
  answer("d");
  assert.deepEqual(await Promise.all(found.slice(2)), [[ADDRESS], [ADDRESS]]);
});

test("a name that is being looked up is not looked up a second time, and later it is", async () => {
  const { lookups, asked, answer } = slowLookups();
  const both = [lookups.lookup("a"), lookups.lookup("a")];
  answer("a");
  await Promise.all(both);
  void lookups.lookup("a");
  assert.deepEqual(asked, ["a", "a"]);
});

test("a lookup that has to wait for longer than a connection may take is given up and never begun", async () => {
  const { lookups, asked, answer, clock } = slowLookups();
  void lookups.lookup("a");
  void lookups.lookup("b");
  const late = assert.rejects(lookups.lookup("c"), { code: "EAI_AGAIN" });
  await clock.advance(WAIT_MS);
  await late;
  answer("a");
  await turn();
  void lookups.lookup("d");
  assert.deepEqual([asked, clock.pending], [["a", "b", "d"], []]);
});
