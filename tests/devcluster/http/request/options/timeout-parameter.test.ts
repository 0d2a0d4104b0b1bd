import assert from "node:assert/strict";
import test from "node:test";
import { checkTimeout } from "#devcluster/http/request/options/timeout-parameter.ts";
import { failureOf } from "../../../../support/status-failure.ts";

test("a timeout must be a Go duration", () => {
  const invalid = "400 invalid timeout specified in the request URL - time: ";
  for (const timeout of ["", "0", "32s", "1h", "-1s", "1h30m", "1.5s", ".5ms"]) {
    assert.equal(
      failureOf(() => checkTimeout(timeout)),
      "no failure",
      timeout,
    );
  }
  assert.equal(
    failureOf(() => checkTimeout("x")),
    `${invalid}invalid duration "x"`,
  );
  assert.equal(
    failureOf(() => checkTimeout("1")),
    `${invalid}missing unit in duration "1"`,
  );
  assert.equal(
    failureOf(() => checkTimeout("1x")),
    `${invalid}unknown unit "x" in duration "1x"`,
  );
});
