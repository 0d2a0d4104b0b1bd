import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FIXTURES, fixtureDefinitions, typesTextOf } from "../../support/made-types.ts";

const COMMAND =
  "informd types --crds tests/fixtures/custom-types/crds --out tests/fixtures/custom-types/informd-types.d.ts";

test("the committed types of the fixtures' definitions are what is made of them, whatever the order", async () => {
  const expected = readFileSync(join(FIXTURES, "informd-types.d.ts"), "utf8");
  const definitions = fixtureDefinitions();
  assert.equal(await typesTextOf(definitions, COMMAND), expected);
  assert.equal(await typesTextOf(definitions.toReversed(), COMMAND), expected);
});
