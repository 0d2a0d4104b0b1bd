import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiServerAddresses } from "#broker/fetch/api-server-addresses.ts";
import { FakeClock } from "../../support/fake-clock.ts";

type Answer = string | Error;

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Of an API server "api.example", which resolves to one answer after the other, and to the last one for good. */
function addresses(...answers: readonly Answer[]) {
  const clock = new FakeClock();
  let asked = 0;
  const resolve = async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)] ?? "";
    if (answer instanceof Error) throw answer;
    return [{ address: answer, family: 4 }];
  };
  return { clock, asked: () => asked, known: new ApiServerAddresses({ clock, resolve }, ["api.example"]) };
}

test("as long as the API server's name was never resolved no address passes, and the next one asks again", async () => {
  const { known, asked } = addresses(failure("EAI_AGAIN"), failure("EAI_FAIL"), "34.1.2.3");
  for (let time = 0; time < 2; time++) {
    await assert.rejects(known.includes("34.1.2.3"), { code: "API_SERVER_UNKNOWN" });
  }
  assert.deepEqual([await known.includes("34.1.2.3"), await known.includes("34.1.2.4"), asked()], [true, false, 3]);
});

test("addresses are known for a minute, and longer while the name cannot be resolved", async () => {
  const { known, clock, asked } = addresses("34.1.2.3", failure("EAI_AGAIN"), failure("ENOTFOUND"), "34.1.2.4");
  assert.equal(await known.includes("::ffff:34.1.2.3"), true);
  await clock.advance(60_000);
  assert.deepEqual([await known.includes("34.1.2.3"), asked()], [true, 1]);
  await clock.advance(1);
  for (let time = 0; time < 2; time++) assert.equal(await known.includes("34.1.2.3"), true);
  assert.deepEqual([await known.includes("34.1.2.3"), await known.includes("34.1.2.4"), asked()], [false, true, 4]);
});

test("a name that leads nowhere from here refuses nothing, and is asked for again", async () => {
  const { known } = addresses(failure("ENOTFOUND"), "34.1.2.3");
  assert.deepEqual([await known.includes("34.1.2.3"), await known.includes("34.1.2.3")], [false, true]);
});

test("those who ask at the same time share one lookup", async () => {
  const { known, asked } = addresses("34.1.2.3");
  await Promise.all([known.includes("34.1.2.3"), known.includes("34.1.2.4")]);
  assert.equal(asked(), 1);
});
