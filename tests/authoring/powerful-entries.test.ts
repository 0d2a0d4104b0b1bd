import assert from "node:assert/strict";
import { test } from "node:test";
import { powerfulEntries } from "#authoring/powerful-entries.ts";
import { optionsOf } from "../support/handler-options.ts";

function powersOf(...kube: readonly string[]): Readonly<Record<string, string>> {
  const found = powerfulEntries(optionsOf("pods", { allow: { kube } }), undefined);
  return Object.fromEntries(found.map(({ entry, power }) => [entry, power]));
}

for (const [entry, power] of [
  ["create pods/exec", /^runs commands in any pod/],
  ["get po/exec in prod", /^runs commands in any pod/],
  ["create pods/attach", /^runs commands in any pod/],
  ["patch pods/ephemeralcontainers", /^runs commands in any pod/],
  ["create pods/portforward", /^reaches every port/],
  ["get,create no/proxy", /^runs commands in any pod of a node/],
  ["create serviceaccounts/token", /^gets the token/],
  ["get,list secrets", /^reads every Secret/],
  ["patch roles.rbac.authorization.k8s.io in prod", /^decides who/],
  ["create clusterrolebindings", /^decides who/],
  ["patch mutatingwebhookconfigurations.admissionregistration.k8s.io", /^reads and changes whatever/],
  ["create pods", /^runs containers as any service account/],
  ["create rc", /^runs containers as any service account/],
  ["patch deploy in prod", /^runs containers as any service account/],
  ["create,patch daemonsets.apps", /^runs containers as any service account/],
  ["create statefulsets.apps", /^runs containers as any service account/],
  ["patch replicasets.apps", /^runs containers as any service account/],
  ["create jobs.batch", /^runs containers as any service account/],
  ["patch cronjobs.batch", /^runs containers as any service account/],
  ["create pv", /^reaches files of nodes/],
  ["patch namespaces", /^changes the labels by which/],
  ["patch certificatesigningrequests.certificates.k8s.io/approval", /^approves certificates/],
] as const) {
  test(`whoever may "${entry}" can do more than that says`, () => {
    assert.match(powersOf(entry)[entry] ?? "", power);
  });
}

test("where the right holds is said: in the entry's namespace, else in the handler's, else in the runtime's", () => {
  const kube = ["list secrets", "list secrets in ops", "get nodes/proxy"];
  const told = (namespaces: readonly string[] | undefined, runtime?: string): readonly string[] =>
    powerfulEntries(optionsOf("pods", { ...(namespaces && { namespaces }), allow: { kube } }), runtime).map(
      ({ power }) => /\(.*\)$/.exec(power)?.[0] ?? "",
    );
  assert.deepEqual(told(["a", "b"], "c"), ["(in a, b)", "(in ops)", ""]);
  assert.deepEqual(told(undefined, "c"), ["(in c)", "(in ops)", ""]);
  assert.deepEqual(told(undefined), ["", "(in ops)", ""]);
});

for (const entry of [
  "get,patch,delete pods",
  "patch pods/status",
  "get,list,delete deployments.apps",
  "patch deployments.apps/scale",
  "create pods/eviction",
  "patch persistentvolumes",
  "create namespaces",
  "get secrets",
  "get,list roles",
  "create,patch serviceaccounts",
  "create secrets.example.com/exec",
  "get nodes/proxy in prod",
]) {
  test(`whoever may "${entry}" can do what that says`, () => assert.deepEqual(powersOf(entry), {}));
}
