import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFailure } from "#kubernetes/describe-failure.ts";
import type { RequestFailure } from "#kubernetes/request-failure.ts";

const describe = (failure: RequestFailure): string =>
  describeFailure(failure, { server: "https://api.test", action: "list pods" });
const status = (code: number, message: string, reason = ""): RequestFailure => ({
  type: "status",
  code,
  reason,
  message,
  causes: [],
  retryAfterSeconds: undefined,
});
const unreachable = (code: string, message = ""): RequestFailure => ({ type: "unreachable", code, message });

for (const [failure, sentence] of [
  [
    status(401, "Unauthorized"),
    "Cannot list pods: https://api.test does not accept the credentials (401). Check the user of the kubeconfig's context, or log in again.",
  ],
  [
    status(403, 'pods is forbidden: User "me" cannot list resource "pods" in API group "" at the cluster scope'),
    'Cannot list pods: pods is forbidden: User "me" cannot list resource "pods" in API group "" at the cluster scope (403). Bind a role to this user that allows it.',
  ],
  [status(503, "", "ServiceUnavailable"), "Cannot list pods: https://api.test answered 503: ServiceUnavailable."],
  [
    unreachable("ECONNREFUSED"),
    "Cannot list pods: https://api.test is unreachable: nothing listens there (ECONNREFUSED). Is the API server running?",
  ],
  [
    unreachable("SELF_SIGNED_CERT_IN_CHAIN"),
    "Cannot list pods: https://api.test is unreachable: its certificate is not signed by the expected CA. Check the certificate-authority of the kubeconfig's cluster.",
  ],
  [unreachable("EWHATEVER", "odd"), "Cannot list pods: https://api.test is unreachable: odd (EWHATEVER)."],
  [
    { type: "malformed", message: "the list is cut off" },
    "Cannot list pods: https://api.test does not answer like an API server: the list is cut off. Is there a proxy in between?",
  ],
  [{ type: "credentials", message: 'Cannot read "/token": no' }, 'Cannot list pods: Cannot read "/token": no.'],
] as const) {
  test(`a failure of type ${failure.type} reads "${sentence}"`, () => {
    assert.equal(describe(failure), sentence);
  });
}
