import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { resourceName } from "#resources/api-resource.ts";

const resources = builtInResources();
const named = (name: string) => resources.find((one) => resourceName(one) === name);

test("built-in resources are the stable ones of a kube-apiserver, in discovery's order", () => {
  assert.equal(resources.length, 72);
  assert.equal(resources[0]?.plural, "bindings");
  assert.ok(resources.every(({ version }) => /^v\d$/.test(version)));
});

test("a group's preferred version comes first", () => {
  const versions = resources
    .filter(({ plural }) => plural === "horizontalpodautoscalers")
    .map(({ version }) => version);

  assert.deepEqual(versions, ["v2", "v1"]);
});

test("a resource carries what discovery says of it", () => {
  const deployments = named("deployments.apps");

  assert.deepEqual(deployments?.shortNames, ["deploy"]);
  assert.deepEqual(deployments?.categories, ["all"]);
  assert.equal(deployments?.listKind, "DeploymentList");
  assert.equal(deployments?.storage, "deployments.apps");
  assert.deepEqual(deployments?.subresources["scale"], {
    kind: "Scale",
    group: "autoscaling",
    version: "v1",
    verbs: ["get", "patch", "update"],
  });
  assert.equal(deployments?.subresources["status"]?.group, "apps");
});

test("events are stored once for both of their groups", () => {
  assert.equal(named("events")?.storage, named("events.events.k8s.io")?.storage);
});

test("every resource has a schema", () => {
  assert.ok(resources.every(({ schema }) => schema.properties?.["kind"] !== undefined));
});
