import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiObject } from "#devcluster/api-object.ts";
import { builtInResources } from "#devcluster/registry/built-in/built-in-resources.ts";
import { servedResources } from "#devcluster/registry/custom/custom-resources.ts";
import { invalidError } from "#devcluster/registry/invalid-error.ts";
import { validateObject } from "#devcluster/registry/validation/object-validation.ts";
import type { ServedResource } from "#devcluster/registry/served-resource.ts";
import { definitionWith } from "../../captured/definition-cases.ts";

test("a custom resource's metadata and its schema are both looked at", () => {
  const field = { type: "object", properties: { size: { type: "integer", maximum: 9 } } };
  const causes = validateObject(gadgets(field), gadget({ name: "A_", namespace: "default" }, { size: 77 }));

  assert.deepEqual(
    causes.map(({ field: path }) => path),
    ["metadata.name", "spec.size"],
  );
});

test("a custom resource of another kind is refused", () => {
  const object = { ...gadget({ name: "a", namespace: "default" }, {}), kind: "Gad" };

  assert.deepEqual(validateObject(gadgets({ type: "object" }), object), [
    { reason: "FieldValueInvalid", message: 'Invalid value: "Gad": must be Gadget', field: "kind" },
  ]);
});

test("a finalizer of a custom resource needs no domain", () => {
  const object = gadget({ name: "a", namespace: "default", finalizers: ["mine"] }, {});

  assert.deepEqual(validateObject(gadgets({ type: "object" }), object), []);
});

test("replicas of a custom resource cannot be negative", () => {
  const scale = { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" };
  const resource = { ...gadgets({ type: "object" }), custom: { columns: undefined, scale } };

  assert.deepEqual(validateObject(resource, gadget({ name: "a", namespace: "default" }, { replicas: -1 })), [
    {
      reason: "FieldValueInvalid",
      message: "Invalid value: -1: should be a non-negative integer",
      field: ".spec.replicas",
    },
  ]);
});

test("of a built-in kind's status nothing but metadata is looked at", () => {
  const pods = builtInResources().find(({ kind }) => kind === "Pod");
  assert.ok(pods);
  const pod: ApiObject = { apiVersion: "v1", kind: "Pod", metadata: { name: "a", namespace: "default" }, spec: {} };

  assert.deepEqual(validateObject(pods, pod, { object: pod, subresource: "status" }), []);
  assert.equal(validateObject(pods, pod, { object: pod, subresource: "" })[0]?.field, "spec.containers");
});

test("of a custom resource's status only the status is looked at, and what is said leaves out where it is", () => {
  const status = { type: "object", properties: { ready: { type: "boolean" } } };
  const root = { type: "object", properties: { spec: { type: "object", required: ["size"] }, status } };
  const [resource] = servedResources(definitionWith({ root }));
  assert.ok(resource);
  const object = gadget({ name: "a", namespace: "default" }, {});
  const next = { ...object, status: { ready: "yes" } };

  assert.deepEqual(validateObject(resource, next, { object, subresource: "status" }), [
    {
      reason: "FieldValueTypeInvalid",
      message: 'Invalid value: "string": ready in body must be of type boolean: "string"',
      field: "status.ready",
    },
  ]);
});

test("no finalizer comes to an object that is going", () => {
  const going = gadget({ name: "a", namespace: "default", deletionTimestamp: "2024-01-02T03:04:05Z" }, {});
  const next = { ...going, metadata: { ...going.metadata, finalizers: ["a/b"] } };

  assert.deepEqual(validateObject(gadgets({ type: "object" }), next, { object: going, subresource: "" }), [
    {
      reason: "FieldValueForbidden",
      message:
        'Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"a/b"}',
      field: "metadata.finalizers",
    },
  ]);
});

test("one cause is said as it is, several in brackets, and the same only once", () => {
  const cause = { reason: "FieldValueRequired", message: "Required value", field: "spec.a" };
  const other = { ...cause, field: "spec.b" };
  const deployments = { group: "apps", kind: "Deployment" };

  assert.equal(
    invalidError(deployments, "x", [cause]).message,
    'Deployment.apps "x" is invalid: spec.a: Required value',
  );
  const { message, status } = invalidError(deployments, "x", [cause, other, cause]);
  assert.equal(message, 'Deployment.apps "x" is invalid: [spec.a: Required value, spec.b: Required value]');
  assert.deepEqual(status.details, {
    name: "x",
    group: "apps",
    kind: "Deployment",
    causes: [cause, other, cause],
  });
});

test("the core group has no name in the message", () => {
  const cause = { reason: "FieldValueRequired", message: "Required value", field: "a" };

  assert.equal(invalidError({ group: "", kind: "Pod" }, "", [cause]).message, 'Pod "" is invalid: a: Required value');
});

function gadgets(field: object): ServedResource {
  const [resource] = servedResources(definitionWith({ field: { ...field } }));
  assert.ok(resource);
  return resource;
}

function gadget(metadata: ApiObject["metadata"], spec: object): ApiObject {
  return { apiVersion: "example.com/v1", kind: "Gadget", metadata, spec };
}
