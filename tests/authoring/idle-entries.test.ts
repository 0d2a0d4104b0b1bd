import assert from "node:assert/strict";
import { test } from "node:test";
import { idleEntries } from "#authoring/idle-entries.ts";
import { builtInResources } from "#resources/built-in-resources.generated.ts";
import { resolveResourceName } from "#resources/resource-name.ts";
import type { ApiResource } from "#resources/api-resource.ts";
import { optionsOf } from "../support/handler-options.ts";

function told(...kube: readonly string[]): readonly string[] {
  const revision = { handler: "web", file: "web.ts", options: optionsOf("pods", { allow: { kube } }) };
  return idleEntries(revision, found).map(({ reason }) => reason);
}

function found(name: string): ApiResource | undefined {
  const resolution = resolveResourceName(name, builtInResources);
  return resolution.type === "found" ? resolution.resource : undefined;
}

test("an entry that names a namespace for what is in none allows nothing", () => {
  assert.deepEqual(told("patch nodes in prod", "patch pods in prod", "patch nodes"), [
    '"patch nodes in prod" in allow.kube of handler "web" allows nothing: "nodes" is in no namespace. Write "patch nodes"',
  ]);
});

for (const [entry, rest] of [
  ["create deployments.apps/scale", "create deployments.apps/scale"],
  ["get,patch deployments.apps/scale", "get deployments.apps/scale"],
  ["create pods/exec in prod", "create pods/exec in prod"],
  ["create deployments.apps/eviction", "create deployments.apps/eviction"],
  ["get pods/log", "get pods/log"],
] as const) {
  test(`no call of kube does all of "${entry}"`, () => {
    assert.deepEqual(told(entry), [
      `"${entry}" in allow.kube of handler "web" asks for what no call of kube does: "${rest}". Of subresources they do "patch" of "status" and "scale", and "create pods/eviction"`,
    ]);
  });
}

test("what calls of kube do is no idle entry, also of a kind that is not known", () => {
  const used = ["get,list,create,patch,delete pods", "patch pods/status", "patch deployments.apps/scale"];
  assert.deepEqual(
    told(...used, "create pods/eviction", "patch sites.example.com/status", "get sites.example.com"),
    [],
  );
});
