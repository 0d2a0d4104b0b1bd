import assert from "node:assert/strict";
import { test } from "node:test";
import type { Right } from "#authoring/manifests/rights.ts";
import { type Authority, missingReason, missingRights } from "#authoring/preview/missing-rights.ts";
import { fieldOf } from "#kernel/json-value.ts";
import type { ObjectAnswer } from "#kubernetes/object-client.ts";

const { signal } = new AbortController();

const PODS: Right = {
  namespace: undefined,
  group: "",
  resource: "pods",
  objectName: undefined,
  verbs: ["list", "watch"],
};

/** Keeps what it was asked. */
function authority(answer: (asked: unknown) => ObjectAnswer): Authority & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    create(_target, object) {
      const attributes = fieldOf(fieldOf(object, "spec"), "resourceAttributes");
      asked.push(attributes);
      return Promise.resolve(answer(attributes));
    },
  };
}

const review = (status: object): ObjectAnswer => ({ type: "object", object: { status } });

test("a right is missing by the verbs that are not allowed", async () => {
  const answers = authority((asked) => review({ allowed: fieldOf(asked, "verb") === "list" }));
  assert.deepEqual(await missingRights(answers, [PODS], signal), {
    type: "asked",
    missing: [{ ...PODS, verbs: ["watch"] }],
  });
});

test("a subresource, a name and a namespace are asked as such, each question once", async () => {
  const scale = { ...PODS, namespace: "web", group: "apps", resource: "deployments/scale", verbs: ["get"] };
  const one = { ...PODS, objectName: "a", verbs: ["list"] };
  const answers = authority(() => review({ allowed: true }));
  assert.deepEqual(await missingRights(answers, [scale, one, scale], signal), { type: "asked", missing: [] });
  assert.deepEqual(answers.asked, [
    { namespace: "web", verb: "get", group: "apps", resource: "deployments", subresource: "scale" },
    { verb: "list", group: "", resource: "pods", name: "a" },
  ]);
});

test("a server that answers no such question is a failure, not a missing right", async () => {
  const failure = {
    type: "status",
    code: 404,
    reason: "NotFound",
    message: "",
    causes: [],
    retryAfterSeconds: undefined,
  } as const;
  assert.deepEqual(
    await missingRights(
      authority(() => failure),
      [PODS],
      signal,
    ),
    { type: "failed", failure },
  );
});

test("an answer without a status allows nothing", async () => {
  const { missing } = {
    missing: [],
    ...(await missingRights(
      authority(() => review({})),
      [PODS],
      signal,
    )),
  };
  assert.deepEqual(missing, [PODS]);
});

test("a missing right is told with the rule that grants it, and with nothing else", () => {
  const pods = { group: "", plural: "pods", namespaced: true };
  const nodes = { group: "", plural: "nodes", namespaced: false };
  assert.deepEqual(
    [
      missingReason(PODS, [pods]),
      missingReason({ ...PODS, resource: "nodes", objectName: "n1", verbs: ["get"] }, [nodes]),
    ],
    [
      'Cannot list, watch pods in all namespaces: no role of this user allows it. Add to a ClusterRole: { apiGroups: [""], resources: ["pods"], verbs: ["list", "watch"] }',
      'Cannot get nodes "n1": no role of this user allows it. Add to a ClusterRole: { apiGroups: [""], resources: ["nodes"], resourceNames: ["n1"], verbs: ["get"] }',
    ],
  );
});
