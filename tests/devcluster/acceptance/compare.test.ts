import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "./compare.ts";
import type { Divergence } from "./divergences.ts";
import { normalise } from "./normalise.ts";
import type { Expectation, Observation } from "./scenario.ts";

function seen(text: string, expected: readonly Expectation[] = [], step = "a step"): Observation {
  return { step, text, expected };
}

const COLOUR: Divergence = { scenario: "s", step: /.*/, what: "Colours.", real: "red", embedded: /blue|green/g };

test("what is the same on both servers is no problem", () => {
  assert.deepEqual(compare("s", { embedded: [seen("a")], real: [seen("a")] }, []), []);
});

test("a difference is shown line by line", () => {
  const problems = compare("s", { embedded: [seen("a\nb")], real: [seen("a\nc")] }, []);
  assert.deepEqual(problems, ['"a step" differs (- real, + embedded):\n  a\n- c\n+ b']);
});

test("a step that only one server saw is a problem", () => {
  const problems = compare("s", { embedded: [seen("a")], real: [] }, []);
  assert.deepEqual(problems, ['"a step" was taken on the embedded server only']);
});

test("what both servers do wrong alike is a problem", () => {
  const wrong = seen("a", ["b"]);
  assert.equal(compare("s", { embedded: [wrong], real: [wrong] }, []).length, 2);
});

test("a known divergence is none, and hides no other one", () => {
  const real = [seen("the sky is red and high")];
  assert.deepEqual(compare("s", { embedded: [seen("the sky is blue and high")], real }, [COLOUR]), []);
  assert.equal(compare("s", { embedded: [seen("the sky is blue and low")], real }, [COLOUR]).length, 1);
});

test("a known divergence that is none any more is a problem", () => {
  const problems = compare("s", { embedded: [seen("red")], real: [seen("red")] }, [COLOUR]);
  assert.match(problems.join("\n"), /names what does not differ any more/);
});

test("identities, times, revisions and ages of two runs are the same", () => {
  const text = (uid: string, time: string, revision: number, age: string): string =>
    `uid: ${uid}\ncreationTimestamp: "${time}"\nresourceVersion: "${revision}"\nNAME   AGE\nweb    ${age}\n`;
  assert.equal(
    normalise(text("0c7e8d67-3a87-4ac1-9d4a-25f6d0b06ff0", "2026-01-02T03:04:05Z", 12, "3s")),
    normalise(text("5f1d8d67-3a87-4ac1-9d4a-25f6d0b06ff1", "2026-01-02T04:05:06Z", 3456, "2m10s")),
  );
});
