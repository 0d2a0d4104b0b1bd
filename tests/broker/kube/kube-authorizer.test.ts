import assert from "node:assert/strict";
import { test } from "node:test";

import { entryFor, isAllowed, type KubeRequest } from "#broker/kube/kube-authorizer.ts";
import { parseKubeRule } from "#handler-api/option-groups/parse-kube-rule.ts";
import { DEPLOYMENTS, EVENTS, NODES, PODS } from "../../support/api-resources.ts";

const KNOWN = [PODS, NODES, EVENTS, DEPLOYMENTS];
const NAMED: Readonly<Record<string, (typeof KNOWN)[number]>> = {
  pods: PODS,
  po: PODS,
  nodes: NODES,
  events: EVENTS,
  "deployments.apps": DEPLOYMENTS,
};

function allows(entry: string, request: KubeRequest, namespaces?: readonly string[]): boolean {
  const parsed = parseKubeRule(entry);
  assert.ok(parsed.type === "rule", entry);
  return isAllowed([{ rule: parsed.rule, resource: NAMED[parsed.rule.resource] }], request, namespaces);
}

function request(verb: string, resource = PODS, namespace = "prod", subresource?: string): KubeRequest {
  return { verb, resource, namespace, subresource };
}

const CASES: readonly (readonly [string, string, KubeRequest, readonly string[] | undefined, boolean])[] = [
  ["the verb and resource it names", "get pods", request("get"), undefined, true],
  ["one of several verbs", "get,list, patch pods", request("patch"), undefined, true],
  ["no other verb", "get pods", request("list"), undefined, false],
  ["no other resource", "get pods", request("get", EVENTS), undefined, false],
  ["a resource under another of its names", "get po", request("get"), undefined, true],
  ["a resource in a group", "patch deployments.apps", request("patch", DEPLOYMENTS), undefined, true],
  ["nothing for a resource that the cluster lacks", "get widgets", request("get"), undefined, false],
  ["a subresource it names", "patch pods/status", request("patch", PODS, "prod", "status"), undefined, true],
  ["no subresource with the resource", "patch pods", request("patch", PODS, "prod", "status"), undefined, false],
  ["no resource with the subresource", "patch pods/status", request("patch"), undefined, false],
  ["the namespace it names", "get pods in prod", request("get"), undefined, true],
  ["no other namespace", "get pods in dev", request("get"), undefined, false],
  ["a namespace it names beside the handler's", "get pods in prod", request("get"), ["dev"], true],
  ["the handler's namespaces", "get pods", request("get"), ["dev", "prod"], true],
  ["no namespace beside the handler's", "get pods", request("get"), ["dev"], false],
  ["all namespaces at once", "list pods", request("list", PODS, ""), undefined, true],
  ["not all namespaces, if the handler has some", "list pods", request("list", PODS, ""), ["prod"], false],
  ["not all namespaces, if it names one", "list pods in prod", request("list", PODS, ""), undefined, false],
  [
    "a cluster-scoped resource, whatever the handler's namespaces",
    "get nodes",
    request("get", NODES, ""),
    ["prod"],
    true,
  ],
  ["no cluster-scoped resource in a namespace", "get nodes in prod", request("get", NODES, ""), undefined, false],
];

for (const [what, entry, asked, namespaces, allowed] of CASES) {
  test(`allow.kube entry "${entry}" allows ${what}`, () => assert.equal(allows(entry, asked, namespaces), allowed));
}

test("nothing is allowed without an entry", () => {
  assert.equal(isAllowed([], request("get"), undefined), false);
});

const ENTRIES: readonly (readonly [string, KubeRequest, readonly string[] | undefined])[] = [
  ["get pods", request("get"), undefined],
  ["get pods", request("get"), ["prod"]],
  ["get pods in prod", request("get"), ["dev"]],
  ["patch deployments.apps/scale", request("patch", DEPLOYMENTS, "prod", "scale"), undefined],
  ["get nodes", request("get", NODES, ""), ["prod"]],
];

for (const [entry, asked, namespaces] of ENTRIES) {
  test(`the entry to add, "${entry}", allows the request in ${namespaces?.join() ?? "all namespaces"}`, () => {
    assert.equal(entryFor(asked, namespaces), entry);
    assert.equal(allows(entry, asked, namespaces), true);
  });
}
