import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonRecord } from "#kernel/json-value.ts";
import { ApiOperationsRig, statusOf, writeOptions } from "../../../support/api-operations-rig.ts";

const AUTHORIZATION = "authorization.k8s.io";
const RESOURCE = { resourceAttributes: { verb: "get", resource: "pods" } };

for (const [resource, spec] of [
  [`subjectaccessreviews.${AUTHORIZATION}`, { user: "u", ...RESOURCE }],
  [`subjectaccessreviews.${AUTHORIZATION}`, { groups: ["g"], nonResourceAttributes: { path: "/x", verb: "get" } }],
  [`selfsubjectaccessreviews.${AUTHORIZATION}`, RESOURCE],
  [
    `localsubjectaccessreviews.${AUTHORIZATION}`,
    { user: "u", resourceAttributes: { verb: "get", namespace: "default" } },
  ],
] as const) {
  test(`${resource} allow ${JSON.stringify(spec)}`, () => {
    const { object, created } = review(resource, { spec });
    assert.deepEqual([object["status"], object["spec"], created], [{ allowed: true }, spec, true]);
    assert.equal(object.metadata.name, undefined);
  });
}

test("everything may be done by who asks for the rules", () => {
  const { object } = review(`selfsubjectrulesreviews.${AUTHORIZATION}`, { spec: { namespace: "default" } });
  assert.deepEqual(object["status"], {
    resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }],
    nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
    incomplete: false,
  });
});

test("who asks who they are is the administrator", () => {
  const { object } = review("selfsubjectreviews.authentication.k8s.io", {});
  assert.deepEqual(object["status"], {
    userInfo: { username: "admin", groups: ["system:masters", "system:authenticated"] },
  });
});

test("no token is worth anything", () => {
  const { object } = review("tokenreviews.authentication.k8s.io", { spec: { token: "t" } });
  assert.deepEqual(object["status"], { user: {}, error: "invalid bearer token" });
});

/** As kube-apiserver 1.37.2 answers them. */
const REFUSALS: readonly (readonly [string, JsonRecord, number, string])[] = [
  [
    `subjectaccessreviews.${AUTHORIZATION}`,
    { spec: {} },
    422,
    `.authorization.k8s.io "" is invalid: [spec: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified, spec.user: Invalid value: "": at least one of user or group must be specified]`,
  ],
  [
    `selfsubjectaccessreviews.${AUTHORIZATION}`,
    { spec: { ...RESOURCE, nonResourceAttributes: { verb: "get" } } },
    422,
    `.authorization.k8s.io "" is invalid: spec: Invalid value: {"Path":"","Verb":"get"}: exactly one of nonResourceAttributes or resourceAttributes must be specified`,
  ],
  [
    `localsubjectaccessreviews.${AUTHORIZATION}`,
    { spec: { user: "u", ...RESOURCE } },
    422,
    `.authorization.k8s.io "" is invalid: spec.resourceAttributes.namespace: Invalid value: "": must match metadata.namespace`,
  ],
  [`selfsubjectrulesreviews.${AUTHORIZATION}`, { spec: {} }, 400, "no namespace on request"],
  ["tokenreviews.authentication.k8s.io", { spec: {} }, 400, "token is required for TokenReview in authentication"],
  [
    "selfsubjectreviews.authentication.k8s.io",
    { kind: "Foo" },
    400,
    `Foo in version "v1" cannot be handled as a SelfSubjectReview: no kind "Foo" is registered for version "authentication.k8s.io/v1" in scheme "pkg/runtime/scheme.go:111"`,
  ],
];

for (const [resource, body, code, message] of REFUSALS) {
  test(`${resource} refuse ${JSON.stringify(body)} in the server's words`, () => {
    const status = statusOf(() => review(resource, body));
    assert.deepEqual([status.code, status.message], [code, message]);
  });
}

test("reviews are not stored", () => {
  const rig = new ApiOperationsRig();
  const { revision } = rig.store;
  rig.operations.create(rig.target(`selfsubjectaccessreviews.${AUTHORIZATION}`), { spec: RESOURCE }, writeOptions());
  assert.equal(rig.store.revision, revision);
});

function review(resource: string, body: JsonRecord): ReturnType<ApiOperationsRig["operations"]["create"]> {
  const rig = new ApiOperationsRig();
  return rig.operations.create(rig.target(resource), body, writeOptions());
}
