import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { refusedFieldLabel } from "#devcluster/registry/field-labels.ts";
import { resourceName } from "#resources/api-resource.ts";

const refused = (name: string, label: string): string | undefined => {
  const resource = builtInResources().find((one) => resourceName(one) === name);
  assert.ok(resource);
  return refusedFieldLabel(resource, label);
};

test("names and namespaces may be selected by", () => {
  assert.equal(refused("configmaps", "metadata.name"), undefined);
  assert.equal(refused("clusterroles.rbac.authorization.k8s.io", "metadata.namespace"), undefined);
});

test("resources with fields of their own let them pass", () => {
  assert.equal(refused("pods", "status.phase"), undefined);
  assert.equal(refused("events", "involvedObject.name"), undefined);
  assert.equal(refused("events.events.k8s.io", "regarding.name"), undefined);
});

test("an unknown field is refused in the words of the resource", () => {
  assert.equal(
    refused("configmaps", "data.x"),
    '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
  );
  assert.equal(refused("pods", "data.x"), "field label not supported: data.x");
  assert.equal(refused("nodes", "metadata.namespace"), "field label not supported: metadata.namespace");
  assert.equal(refused("jobs.batch", "data.x"), 'field label "data.x" not supported for Job');
  assert.equal(
    refused("resourceslices.resource.k8s.io", "data.x"),
    "field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: data.x",
  );
});
