import assert from "node:assert/strict";
import { test } from "node:test";
import { asSentence } from "#kernel/as-sentence.ts";

test("asSentence adds the full stop that is missing, and nothing to a sentence", () => {
  assert.equal(asSentence("nothing listens there"), "nothing listens there.");
  for (const text of ["It is asked again later.", "Is the API server running?"]) assert.equal(asSentence(text), text);
});
