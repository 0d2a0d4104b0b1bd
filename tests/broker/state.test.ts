import assert from "node:assert/strict";
import { test } from "node:test";
import { broker, EVENT } from "../support/brokered-handler.ts";

for (const method of ["state.get", "state.set", "state.delete", "state.keys"]) {
  test(`${method} says that it is not there yet, and what to do meanwhile`, async () => {
    const { capabilities } = broker();
    await assert.rejects(capabilities.call(method, ["key", 1], EVENT, new AbortController().signal), {
      name: "NotSupportedError",
      code: "NOT_SUPPORTED",
      message: `Cannot call ${method}: this version of informd does not have it yet. Keep what has to last in the cluster: kube can write an annotation or a ConfigMap`,
    });
  });
}
