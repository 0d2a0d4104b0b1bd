import assert from "node:assert/strict";
import { test } from "node:test";

import { allowedEnvironment } from "#broker/env.ts";

test("a handler's environment has the allowed variables that are set, and no other", () => {
  const environment = { SLACK_PATH: "/x", KUBECONFIG: "secret", UNSET: undefined };
  assert.deepEqual(allowedEnvironment(["SLACK_PATH", "UNSET", "toString"], environment), { SLACK_PATH: "/x" });
});
